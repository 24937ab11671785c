export const median = (values) => {
  const sorted = values.filter((value) => value !== null && Number.isFinite(value)).sort((one, other) => one - other);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Median over the rounds of the ratio within each round: what disturbs a whole round falls out. */
export const medianRatio = (ours, theirs) =>
  median(ours.map((value, round) => (value === null || !theirs[round] ? null : value / theirs[round])));

export const figure = (value, digits, unit = '') => (value === null || value === undefined ? '-' : `${value.toFixed(digits)}${unit}`);
export const megabytes = (bytes) => (bytes === null ? null : bytes / 1e6);

/** Columns padded to their widest cell; the first is flush left, numbers flush right. */
export const table = (head, rows) => {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '));
};

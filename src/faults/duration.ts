const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text such as `250ms`, `30s`, `1.5m`, `2h`; undefined when it is none. */
export const readDuration = (text: string): number | undefined => {
  const [, amount, unit = ''] = /^(\d{1,12}(?:\.\d{1,6})?) ?(ms|s|m|h)$/.exec(text) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount) * (units[unit] ?? 1));
};

/** Longer words are not compared: nobody mistypes one, and the cost grows with the square. */
const longest = 64;

/** How many letters to insert, drop, replace or swap with their neighbour to make one word of the other. */
export const editDistance = (one: string, other: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(swapped ? Math.min(cost, (before[j - 2] ?? 0) + 1) : cost);
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
};

/** The word that was most likely meant: a third of its letters may be wrong, or it may be cut short; undefined when none comes near. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const wanted = word.toLowerCase();
  if (wanted === '' || wanted.length > longest) return undefined;
  let best: { word: string; distance: number } | undefined;
  for (const candidate of words) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word ?? (wanted.length > 2 ? words.find((candidate) => candidate.toLowerCase().startsWith(wanted)) : undefined);
};

/** `; did you mean expired?`, or nothing: the end of a sentence about a word that is not known. */
export const didYouMean = (word: string, words: readonly string[]): string => {
  const meant = nearest(word, words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
};

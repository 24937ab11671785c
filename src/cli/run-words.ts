import { Problem } from '../model/problem.js';

export interface RunWords {
  /** What is for shakedown. */
  readonly own: readonly string[];
  /** The command behind `--`, as it was typed; null for every other command of shakedown. */
  readonly command: readonly string[] | null;
}

/** yargs would put what stands behind `--` among its own words: it is taken out before, untouched. Throws a Problem (SHK_USAGE). */
export const splitRunWords = (words: readonly string[]): RunWords => {
  if (words[0] !== 'run') return { own: words, command: null };
  const at = words.indexOf('--');
  if (at !== -1 && at < words.length - 1) return { own: words.slice(0, at), command: words.slice(at + 1) };
  const own = at === -1 ? words : words.slice(0, at);
  if (own.some((word) => word === '--help' || word === '-h' || word === '--version')) return { own, command: [] };
  throw new Problem(
    'SHK_USAGE',
    'run needs a command, and it stands behind `--`.',
    'Example: shakedown run --fault drop-upgrade -- node app.js',
  );
};

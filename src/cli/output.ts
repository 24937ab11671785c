import { writeSync } from 'node:fs';
import { Problem, sentenceOf } from '../model/problem.js';
import { visible } from '../wire/visible.js';

/** Where a command writes: results on stdout, everything else on stderr. */
export interface Output {
  readonly colour: boolean;
  line(text: string): void;
  note(text: string): void;
  /** Resolves when whoever reads stdout has taken most of what was written: for a command that has more to say than memory holds. */
  room(): Promise<void>;
  /** Bytes on stdout that are not taken yet. */
  unread(): number;
}

/** Node keeps what a slow reader of a pipe has not taken in memory, without a limit of its own. */
const mostUnread = 8 * 1024 * 1024;

/**
 * A pipe that its reader has closed (`| head`) is a normal end of a command that prints. With `goesOn` only the printing ends: an app's
 * proxy must not go away because nobody reads along any more.
 */
export const createOutput = (options: { readonly colour: boolean; readonly goesOn?: boolean }): Output => {
  let closed = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') return;
    if (options.goesOn !== true) process.exit(0);
    closed = true;
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
  return {
    colour: options.colour,
    line: (text) => void (closed || process.stdout.write(`${text}\n`)),
    note: (text) => void process.stderr.write(`${text}\n`),
    room: () =>
      new Promise((resolve) => {
        if (process.stdout.writableLength < mostUnread / 8) resolve();
        else process.stdout.once('drain', resolve);
      }),
    unread: () => process.stdout.writableLength,
  };
};

/**
 * Lines about traffic that does not wait for their reader: over 8 MiB unread they are left out and counted, and `leftOut` says so in a line of its
 * own as soon as there is room.
 */
export const liveLines = (
  { line, unread }: Pick<Output, 'line' | 'unread'>,
  leftOut: (count: number) => string,
): ((text: string) => void) => {
  let count = 0;
  return (text) => {
    if (unread() > mostUnread) {
      count++;
      return;
    }
    if (count > 0) line(leftOut(count));
    count = 0;
    line(text);
  };
};

/** NO_COLOR (no-color.org), `--no-color` and a stdout that is no terminal turn colour off. */
export const wantsColour = (flag: boolean | undefined): boolean => flag !== false && !process.env.NO_COLOR && process.stdout.isTTY === true;

/** The last word of a command that cannot go on: what happened, and what to do. */
export const complain = (thrown: unknown): void => {
  const text = thrown instanceof Problem ? `shakedown: ${thrown.message}\n  ${thrown.advice}` : `shakedown: ${sentenceOf(thrown)}`;
  writeSync(2, `${visible(text, { keepLf: true })}\n`);
};

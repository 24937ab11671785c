import { writeSync } from 'node:fs';
import { Problem, sentenceOf } from '../model/problem.js';
import { visible } from '../wire/visible.js';

/** Where a command writes: results on stdout, everything else on stderr. */
export interface Output {
  readonly colour: boolean;
  line(text: string): void;
  note(text: string): void;
}

/** A pipe that its reader has closed (`| head`) is a normal end, not an error. */
const endOnClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(0);
};

export const createOutput = (options: { readonly colour: boolean }): Output => {
  process.stdout.on('error', endOnClosedPipe);
  process.stderr.on('error', endOnClosedPipe);
  return {
    colour: options.colour,
    line: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
  };
};

/** NO_COLOR (no-color.org), `--no-color` and a stdout that is no terminal turn colour off. */
export const wantsColour = (flag: boolean | undefined): boolean => flag !== false && !process.env.NO_COLOR && process.stdout.isTTY === true;

/** The last word of a command that cannot go on: what happened, and what to do. */
export const complain = (thrown: unknown): void => {
  const text = thrown instanceof Problem ? `shakedown: ${thrown.message}\n  ${thrown.advice}` : `shakedown: ${sentenceOf(thrown)}`;
  writeSync(2, `${visible(text, { keepLf: true })}\n`);
};

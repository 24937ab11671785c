import { styleText } from 'node:util';
import type { Line, Tone } from '../paint.js';

type Format = Parameters<typeof styleText>[0];
const formats: Record<Tone, Format> = {
  bad: ['bold', 'red'],
  warn: 'yellow',
  good: 'green',
  dim: 'dim',
  strong: 'bold',
  accent: 'cyan',
  alarm: ['bold', 'inverse'],
};

/** A line as text for a plain stream. The caller decides about colour: NO_COLOR, --no-color, not a terminal. */
export const ansi = (line: Line, colour: boolean): string => {
  // validateStream off: Node 22.13 and later would otherwise look at process.stdout, which need not be where this goes.
  const styled = line.map(({ text, tone }) => (colour && tone ? styleText(formats[tone], text, { validateStream: false }) : text));
  return styled.join('').trimEnd();
};

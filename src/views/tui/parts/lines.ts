import { Box, Text } from 'ink';
import { type ComponentProps, createElement, type ReactElement } from 'react';
import type { Line, Span, Tone } from '../../paint.js';

type Look = Pick<ComponentProps<typeof Text>, 'color' | 'bold' | 'dimColor' | 'inverse'>;

const looks: Record<Tone, Look> = {
  bad: { color: 'red', bold: true },
  warn: { color: 'yellow' },
  good: { color: 'green' },
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan' },
  alarm: { color: 'red', bold: true, inverse: true },
};

/** NO_COLOR asks for no colour; bold, dim and inverse stay, because they carry the cursor and the alarm. */
const lookOf = ({ tone, inverse }: Span, colour: boolean): Look => {
  const { color, ...rest } = tone ? looks[tone] : {};
  // A selected row is inverse as a whole: what is inverse already must not turn back.
  return { ...rest, ...(colour && color ? { color } : {}), ...(inverse ? { inverse: true } : {}) };
};

/** Lines that already fit: one Text each, so that the layout has nothing to decide. */
export const Lines = ({ lines, colour }: { readonly lines: readonly Line[]; readonly colour: boolean }): ReactElement =>
  createElement(
    Box,
    { flexDirection: 'column' },
    ...lines.map((line) => createElement(Text, { wrap: 'truncate-end' }, ...pieces(line, colour))),
  );

const pieces = (line: Line, colour: boolean) =>
  line.length === 0 ? [' '] : line.map((piece) => createElement(Text, lookOf(piece, colour), piece.text));

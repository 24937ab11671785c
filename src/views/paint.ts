import { fit as cutToWidth, displayWidth, visible } from '../wire/visible.js';

/** What a piece of text means; a colour is chosen where it is drawn, and never carries the meaning alone. */
export type Tone = 'bad' | 'warn' | 'good' | 'dim' | 'strong' | 'accent' | 'alarm';

/** A piece of text on one line. `text` has already been made visible: only `span` and `cell` make spans. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly inverse?: boolean;
}
export type Line = readonly Span[];

/** No field is drawn longer than this many UTF-16 units: a 10 MiB header must not reach the layout (an ellipsis tells that it was cut). */
const longest = 20_000;

/** Text of any origin, made visible, on one line. */
export const plain = (text: string, most = longest): string => (text.length > most ? `${visible(text.slice(0, most))}…` : visible(text));

export const span = (text: string, tone?: Tone): Span => (tone ? { text: plain(text), tone } : { text: plain(text) });

/** Text cut or padded to exactly `width` columns. */
export const cell = (text: string, width: number, style: { readonly tone?: Tone; readonly align?: 'right' } = {}): Span => {
  const shown = width <= 0 ? '' : cutToWidth(plain(text, width * 4 + 16), width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(shown)));
  const padded = style.align === 'right' ? space + shown : shown + space;
  return style.tone ? { text: padded, tone: style.tone } : { text: padded };
};

export const lineWidth = (line: Line): number => line.reduce((sum, { text }) => sum + displayWidth(text), 0);
export const lineText = (line: Line): string => line.map(({ text }) => text).join('');

/** A line cut to at most `width` columns. */
export const clip = (line: Line, width: number): Line => {
  const out: Span[] = [];
  let left = width;
  for (const piece of line) {
    if (left <= 0) break;
    const text = cutToWidth(piece.text, left);
    out.push({ ...piece, text });
    left -= displayWidth(text);
  }
  return out;
};

/** A line of exactly `width` columns. */
export const fill = (line: Line, width: number): Line => {
  const clipped = clip(line, width);
  const space = width - lineWidth(clipped);
  return space > 0 ? [...clipped, { text: ' '.repeat(space) }] : clipped;
};

/** The left part, space, and the right part at the edge; the left part is cut first. */
export const spread = (left: Line, right: Line, width: number): Line => {
  const end = clip(right, width);
  return [...fill(left, width - lineWidth(end)), ...end];
};

export const inverse = (line: Line): Line => line.map((piece) => ({ ...piece, inverse: true }));

/** Visible text broken at spaces, and inside a word only where it is wider than a line; at most `most` lines, the last one with an ellipsis. */
export const wrap = (text: string, width: number, most = 40): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text, (width + 1) * most * 2).split(/(?<= )/)) {
    if (displayWidth(line) + displayWidth(word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
    while (displayWidth(line.trimEnd()) > width && lines.length <= most) {
      const piece = cutTo(line, width);
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cutToWidth(`${lines[most - 1] ?? ''} …`, width)];
};

/** The longest start of `text` that takes at most `width` columns; at least one character, so that a caller always gets on. */
const cutTo = (text: string, width: number): string => {
  let piece = text.slice(0, width);
  while (piece.length > 1 && displayWidth(piece) > width) piece = piece.slice(0, -1);
  return /[\ud800-\udbff]$/.test(piece) && piece.length > 1 ? piece.slice(0, -1) : piece;
};

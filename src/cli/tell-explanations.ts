import { rules } from '../diagnosis/catalogue.js';
import type { Explanation } from '../explain/explain.js';
import { explainedBlock } from '../views/explained.js';
import { ansi } from '../views/lines/ansi.js';
import { span, wrap } from '../views/paint.js';
import type { Output } from './output.js';

/** More than this is a log of many failures: the rest is counted. */
const mostTold = 12;

/** Prints what was found, or kindly that nothing was. */
export const tellExplanations = (matches: readonly Explanation[], { line, colour }: Output): void => {
  const width = Math.min(80, process.stdout.columns ?? 80);
  if (matches.length === 0) {
    for (const text of wrap(nothing, width)) line(text);
    return;
  }
  const titles = new Map(rules.map(({ code, title }) => [code, title]));
  const titleOf = (code: string) => titles.get(code);
  matches.slice(0, mostTold).forEach((match, index) => {
    if (index > 0) line('');
    for (const row of explainedBlock(match, { width, titleOf })) line(ansi(row, colour));
  });
  const more = matches.length - mostTold;
  if (more > 0) line(ansi([span(`\nand ${more} more: --json prints them all`, 'dim')], colour));
  const [first] = matches[0]?.codes ?? [];
  if (first !== undefined) line(`\nWhat proves it, and how to mend it: shakedown findings ${first}`);
};

const nothing =
  'Nothing in this text is a message of a WebSocket client that is known here. Paste the whole line as the client printed it, with the lines around it; or let the wire tell: shakedown doctor URL connects by itself, shakedown run -- COMMAND and shakedown open watch your own client.';

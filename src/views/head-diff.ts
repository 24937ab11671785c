import type { Head } from '../model/head.js';

/** One row of two heads side by side. `mark`: `=` equal, `~` changed, `-` only left, `+` only right. */
export interface HeadRow {
  readonly left: string | null;
  readonly right: string | null;
  readonly mark: '=' | '~' | '-' | '+';
}

/** Lines of one head that are compared: the table below grows with the square. A head with more is told to go on. */
const mostLines = 1002;

const linesOf = (head: Pick<Head, 'raw'> | null): string[] => {
  if (!head) return [];
  const lines = head.raw.split('\n').map((line) => line.replace(/\r$/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `(${lines.length - mostLines} more lines)`];
};

/** Two heads, line by line: what stands on both sides, what was changed, what was taken out (`-`) and put in (`+`) on the way from left to right. */
export const diffHeads = (left: Pick<Head, 'raw'> | null, right: Pick<Head, 'raw'> | null): HeadRow[] => {
  const a = linesOf(left);
  const b = linesOf(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const equal = (lines: readonly string[]): HeadRow[] => lines.map((line) => ({ left: line, right: line, mark: '=' }));
  return [
    ...equal(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...equal(a.slice(a.length - end)),
  ];
};

const middle = (a: readonly string[], b: readonly string[]): HeadRow[] => {
  const rows: HeadRow[] = [];
  let out: string[] = [];
  let put: string[] = [];
  const flush = () => {
    rows.push(...pairUp(out, put));
    out = [];
    put = [];
  };
  for (const step of commonLines(a, b)) {
    if (step.both === undefined) {
      if (step.a !== undefined) out.push(step.a);
      if (step.b !== undefined) put.push(step.b);
      continue;
    }
    flush();
    rows.push({ left: step.both, right: step.both, mark: '=' });
  }
  flush();
  return rows;
};

interface Step {
  readonly a?: string;
  readonly b?: string;
  readonly both?: string;
}

/** The longest common subsequence of lines, walked from the front. */
const commonLines = (a: readonly string[], b: readonly string[]): Step[] => {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      steps.push({ both: one });
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ a: one });
      i++;
    } else if (other !== undefined) {
      steps.push({ b: other });
      j++;
    }
  }
  return steps;
};

/** Taken-out and put-in lines of one gap: lines of the same field stand beside each other, in the order of the left side. */
const pairUp = (out: readonly string[], put: readonly string[]): HeadRow[] => {
  const rest = [...put];
  const rows: HeadRow[] = out.map((line) => {
    const partner = rest.findIndex((other) => nameOf(other) === nameOf(line));
    if (partner === -1) return { left: line, right: null, mark: '-' };
    const [right = ''] = rest.splice(partner, 1);
    return { left: line, right, mark: '~' };
  });
  return [...rows, ...rest.map((line): HeadRow => ({ left: null, right: line, mark: '+' }))];
};

/** What HTTP/2 calls by another name (RFC 9113 section 8.3.1, RFC 8441 section 4): beside each other where one leg speaks it. */
const names: Readonly<Record<string, string>> = { ':authority': 'host', ':protocol': 'upgrade' };

/** The field's name in lower case; a start line counts as one name, because only one of them can be there. */
const nameOf = (line: string): string => {
  const own = /^:?[^\s:]+(?=\s*:)/.exec(line)?.[0].toLowerCase() ?? '';
  return names[own] ?? own;
};

import { Problem } from '../../model/problem.js';
import { displayWidth, visible } from '../../wire/visible.js';

/** One thing that is wrong in a rules file. Line and column count from 1, the column in UTF-16 units. */
export interface Complaint {
  readonly line: number;
  readonly column: number;
  /** A sentence. */
  readonly why: string;
}

/** What is wrong with a whole rules file: `complaints` are its first 20, in the order of their places. */
export class RulesProblem extends Problem {
  /** `file:line:column: why` for each. */
  get lines(): readonly string[] {
    return this.complaints.map(({ line, column, why }) => `${this.file}:${line}:${column}: ${why}`);
  }
  constructor(
    message: string,
    readonly file: string,
    readonly complaints: readonly Complaint[],
  ) {
    super('SHK_FAULT', message, 'The words of a rules file: docs/guides/rules.md; the faults: `shakedown faults`.');
  }
}

const most = 20;
/** Of the line that is shown. */
const widest = 100;

/** Collects what is wrong in `text`, so that a person mends a file in one go. */
export interface Complaints {
  /** `at`: UTF-16 units from the start; `why`: a sentence. */
  add(at: number, why: string): void;
  readonly count: number;
  /** All of it as one Problem, each with its place, its line and a caret. */
  problem(): RulesProblem;
}

export const createComplaints = (file: string, text: string): Complaints => {
  const all: { readonly at: number; readonly why: string }[] = [];
  const starts = lineStarts(text);

  const placeOf = (at: number) => {
    const line = lastAtMost(starts, at);
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
  const shownAt = (at: number): string => {
    const start = starts[placeOf(at).line - 1] ?? 0;
    const whole = /^.*/.exec(text.slice(start, start + 4 * widest + at - start))?.[0] ?? '';
    const from = Math.max(0, at - start - widest / 2);
    const before = visible(whole.slice(from, at - start).replace(/\t/g, ' '));
    const after = visible(whole.slice(at - start, from + widest).replace(/\t/g, ' '));
    const cut = from > 0 ? '…' : '';
    return whole.trim() === '' ? '' : `\n  ${cut}${before}${after}\n  ${' '.repeat(displayWidth(cut + before))}^`;
  };

  return {
    add: (at, why) => void all.push({ at: Math.min(Math.max(0, at), text.length), why }),
    get count() {
      return all.length;
    },
    problem: () => {
      const told = all.toSorted((one, other) => one.at - other.at).slice(0, most);
      const complaints = told.map(({ at, why }) => ({ ...placeOf(at), why }));
      const lines = complaints.map(({ line, column, why }, nth) => `${file}:${line}:${column}: ${why}${shownAt(told[nth]?.at ?? 0)}`);
      const more = all.length > most ? [`and ${all.length - most} more.`] : [];
      return new RulesProblem([`The rules in ${file} cannot be used:`, ...lines, ...more].join('\n'), file, complaints);
    },
  };
};

const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** The index of the last of growing numbers that is not over `value`. */
const lastAtMost = (numbers: readonly number[], value: number): number => {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
};

import { readdirSync, readFileSync } from 'node:fs';

/** One file of test/cases: what an exchange looked like, and what must be found. */
export interface Case {
  readonly name: string;
  readonly title: string;
  readonly script: string;
  /** The code that must come first; `nothing` for a healthy exchange. */
  readonly expect: string;
  /** Codes that must come too, and codes that must not. */
  readonly also: readonly string[];
  readonly never: readonly string[];
  readonly severity: string | undefined;
  /** `nobody` stands for null. */
  readonly culprit: string | undefined;
  /** Texts that the first finding's title, evidence or first fix must hold. */
  readonly says: readonly string[];
  readonly shows: readonly string[];
  readonly fix: string | undefined;
}

const folder = new URL('../cases/', import.meta.url);

const readCase = (file: string): Case => {
  const script = readFileSync(new URL(file, folder), 'utf8');
  const [head = ''] = script.split(/^--- /m);
  const all = (name: string) => [...head.matchAll(new RegExp(`^${name}: *(.*)$`, 'gm'))].map((match) => match[1] ?? '');
  const list = (name: string) => all(name).flatMap((value) => value.split(/, */));
  return {
    name: file.replace(/\.txt$/, ''),
    title: /^# (.*)$/m.exec(head)?.[1] ?? '',
    script,
    expect: all('expect')[0] ?? '',
    also: list('also'),
    never: list('never'),
    severity: all('severity')[0],
    culprit: all('culprit')[0],
    says: all('says'),
    shows: all('shows'),
    fix: all('fix')[0],
  };
};

/** Every case, by name. */
export const allCases = (): Case[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map(readCase);

import { parseTemplate, type Template } from './template.js';

/** Stands in the place of a client where the words are of none in particular. */
export const anyClient = 'any client';

/** One text of one or several clients, and what is known of it. */
export interface Said {
  readonly template: Template;
  readonly clients: readonly string[];
  /** Where the text was read or seen. */
  readonly sources: readonly string[];
  /** The most likely first, without those of a status that the text may hold. */
  readonly codes: readonly string[];
  /** The status in the text, when there is one, says more than `codes`. */
  readonly byStatus: boolean;
  /** The client gives this sentence for many things, so that it tells nothing. */
  readonly saysNothing: boolean;
  /** It tells the kind of failure alone: it gives way to a message beside it that tells which. */
  readonly vague: boolean;
  /** Many others say so: believed only beside a word of WebSockets. */
  readonly beside: boolean;
  readonly when: string;
}

/**
 * Reads a table of said/*.ts. A line `## ws, undici | source` opens a section of clients; then come pairs of lines: what they say (`? ` before
 * a text that says nothing, `% ` before one that is vague, `~ ` before one that is believed only beside a word of WebSockets, `⏎` for a line
 * break, `«url»` for a hole), and, indented, `codes | when`. `@status` among the codes stands for those of the status in the text, `@refused`
 * for those of an answer that is not 101, `@anything` for all that a refused handshake may be.
 */
export const readSaid = (table: string, lists: Lists): readonly Said[] => {
  const all: Said[] = [];
  let clients: readonly string[] = [];
  let sources: readonly string[] = [];
  let text = '';
  for (const line of table.split('\n').filter((candidate) => candidate.trim() !== '')) {
    if (line.startsWith('## ')) {
      const [names = '', source = ''] = line.slice(3).split(' | ');
      clients = names.split(', ');
      sources = [source];
    } else if (line.startsWith('  ')) all.push(entryOf(text, line, { clients, sources, lists }));
    else text = line;
  }
  return all;
};

/** What `@anything` and `@refused` stand for. */
interface Lists {
  readonly anything: readonly string[];
  readonly refused: readonly string[];
}

interface Section {
  readonly clients: readonly string[];
  readonly sources: readonly string[];
  readonly lists: Lists;
}

const entryOf = (line: string, codes: string, { clients, sources, lists }: Section): Said => {
  const marks = /^(?:[?%~] ){0,3}/.exec(line)?.[0] ?? '';
  const bar = codes.indexOf(' | ');
  const words = codes.slice(2, bar).split(' ');
  const meant = (word: string): readonly string[] => {
    if (word === '@anything') return lists.anything;
    if (word === '@refused') return lists.refused;
    return word === '@status' ? [] : [word];
  };
  return {
    template: parseTemplate(line.slice(marks.length).replaceAll('⏎', '\n')),
    clients,
    sources,
    codes: [...new Set(words.flatMap(meant))],
    byStatus: words.includes('@status'),
    saysNothing: marks.includes('?'),
    vague: marks.includes('%'),
    beside: marks.includes('~'),
    when: codes.slice(bar + 3),
  };
};

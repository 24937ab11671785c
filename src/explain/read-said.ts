import { parseTemplate, type Template } from './template.js';

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
  readonly when: string;
}

/**
 * Reads a table of said/*.ts. A line `## ws, undici | source` opens a section of clients; then come pairs of lines: what they say (`? ` before
 * a text that says nothing, `⏎` for a line break, `«url»` for a hole), and, indented, `codes | when`. `@status` among the codes stands for those of the
 * status in the text, `@anything` for all that a refused handshake may be.
 */
export const readSaid = (table: string, anything: readonly string[]): readonly Said[] => {
  const all: Said[] = [];
  let clients: readonly string[] = [];
  let sources: readonly string[] = [];
  let text = '';
  for (const line of table.split('\n').filter((candidate) => candidate.trim() !== '')) {
    if (line.startsWith('## ')) {
      const [names = '', source = ''] = line.slice(3).split(' | ');
      clients = names.split(', ');
      sources = [source];
    } else if (line.startsWith('  ')) all.push(entryOf(text, line, { clients, sources, anything }));
    else text = line;
  }
  return all;
};

interface Section {
  readonly clients: readonly string[];
  readonly sources: readonly string[];
  readonly anything: readonly string[];
}

const entryOf = (text: string, line: string, { clients, sources, anything }: Section): Said => {
  const saysNothing = text.startsWith('? ');
  const bar = line.indexOf(' | ');
  const words = line.slice(2, bar).split(' ');
  return {
    template: parseTemplate((saysNothing ? text.slice(2) : text).replaceAll('⏎', '\n')),
    clients,
    sources,
    codes: words.flatMap((word) => (word === '@anything' ? anything : word === '@status' ? [] : [word])),
    byStatus: words.includes('@status'),
    saysNothing,
    when: line.slice(bar + 3),
  };
};

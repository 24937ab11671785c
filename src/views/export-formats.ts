import type { ExportFormat } from '../formats/format.js';
import { Problem } from '../model/problem.js';
import type { Source } from '../recording/lines.js';
import { didYouMean } from '../wire/nearest.js';

interface Entry {
  readonly id: string;
  /** Loaded when asked for, so that the start of the program does not pay for it. `source` is what will be read. */
  load(source: Source): Promise<ExportFormat>;
}

/** Every format, in the order in which help and docs list them; of two with the same extension a file's name means the first. */
export const exportFormats: readonly Entry[] = [
  { id: 'har', load: async () => (await import('../formats/har/export.js')).har },
  { id: 'jsonl', load: async () => (await import('../formats/jsonl.js')).jsonl },
  { id: 'csv', load: async () => (await import('../formats/csv.js')).csv },
  { id: 'curl', load: async () => (await import('../formats/commands/curl.js')).curl },
  { id: 'websocat', load: async () => (await import('../formats/commands/websocat.js')).websocat },
  { id: 'wscat', load: async () => (await import('../formats/commands/wscat.js')).wscat },
  { id: 'html', load: async () => (await import('./report/html-report.js')).htmlReport },
  { id: 'markdown', load: async () => (await import('./report/markdown-report.js')).markdownReport },
  { id: 'pcapng', load: async () => (await import('../formats/pcapng/pcapng.js')).pcapngFormat },
  { id: 'recording', load: async (source) => (await import('../formats/recording.js')).recordingFormat(source) },
];

/** Of all formats, for a list. */
export const allFormats = (source: Source = ''): Promise<readonly ExportFormat[]> =>
  Promise.all(exportFormats.map(({ load }) => load(source)));

/** The format of an id or an alias. Throws a Problem SHK_NOT_FOUND. */
export const formatNamed = async (name: string, source: Source): Promise<ExportFormat> => {
  const entry = exportFormats.find(({ id }) => id === name);
  if (entry) return entry.load(source);
  const all = await allFormats(source);
  const found = all.find(({ aliases }) => aliases.includes(name));
  if (found) return found;
  const meant = didYouMean(
    name,
    all.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  throw new Problem('SHK_NOT_FOUND', `There is no format ${name.slice(0, 60)}${meant || '.'}`, formatList(all));
};

/** The format that the end of a file's name means, the longest end first; undefined when it means none. */
export const formatOfFile = async (path: string, source: Source): Promise<ExportFormat | undefined> => {
  const name = path.toLowerCase();
  const fitting = (await allFormats(source)).filter(({ extension }) => name.endsWith(`.${extension}`));
  return fitting.sort((one, other) => other.extension.length - one.extension.length)[0];
};

/** One line a format. */
export const formatList = (formats: readonly ExportFormat[]): string =>
  [
    'The formats:',
    ...formats.map(
      ({ id, aliases, about }) => `    ${id.padEnd(10)} ${about}${aliases.length > 0 ? ` Also called ${aliases.join(', ')}.` : ''}`,
    ),
  ].join('\n');

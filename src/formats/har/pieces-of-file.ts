import { createReadStream } from 'node:fs';
import { Problem, sentenceOf } from '../../model/problem.js';
import { createJsonPieces, type Path, type Piece, type Range, type Wish } from './json-pieces.js';

/** The most bytes of one entry without its messages, and of one message. */
export const pieceLimit = 64 * 1024 * 1024;

const readBytes = 1024 * 1024;

/** What of a HAR is looked at: its creator, and its entries without their messages. */
const ofHar = (path: Path): Wish => {
  const [log, key, , member] = path;
  if (path.length === 0) return 'enter';
  if (log !== 'log') return 'skip';
  if (path.length === 1) return 'enter';
  if (path.length === 2) return key === 'entries' ? 'enter' : key === 'creator' ? 'take' : 'skip';
  if (key !== 'entries') return 'skip';
  if (path.length === 3) return 'take';
  return path.length === 4 && member === '_webSocketMessages' ? 'hole' : 'skip';
};

const ofList = (path: Path): Wish => (path.length === 0 ? 'enter' : 'take');

/** `read`: bytes so far. */
export interface Step {
  readonly pieces: readonly Piece[];
  readonly read: number;
}
export interface Ending {
  /** Why not the whole was read, and where that was; '' when it was. */
  readonly why: string;
  readonly path: Path;
}

async function* piecesOf(file: string, wish: (path: Path) => Wish, range?: Range): AsyncGenerator<Step, Ending> {
  const from = range?.from ?? 0;
  const pieces = createJsonPieces({ wish, limit: pieceLimit, offset: from });
  let read = from;
  try {
    const stream = createReadStream(file, { highWaterMark: readBytes, start: from, ...(range ? { end: range.to - 1 } : {}) });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // A byte order mark is no JSON, and some tools write one.
      const bom = read === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      read += chunk.length;
      const found = pieces.push(bom ? Buffer.concat([Buffer.from('   '), chunk.subarray(3)]) : chunk);
      yield { pieces: found, read };
      if (pieces.broken !== '') break;
    }
  } catch (error) {
    throw new Problem('SHK_RECORDING', `${file} cannot be read: ${sentenceOf(error)}.`, 'Name a file that you may read.', { cause: error });
  }
  return { why: pieces.broken || (pieces.done ? '' : `it ends in the middle, after ${read} bytes`), path: [...pieces.path] };
}

export const harPieces = (file: string): AsyncGenerator<Step, Ending> => piecesOf(file, ofHar);

/** The members of a list that lies there. */
export const listPieces = (file: string, range: Range): AsyncGenerator<Step, Ending> => piecesOf(file, ofList, range);

/** `log.entries[3].request`. */
export const wherePath = (path: Path): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');

import { open, stat } from 'node:fs/promises';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import { lineLimit } from './codec.js';

/** How much is read at once when all is wanted. */
const atOnce = 1024 * 1024;
const LF = 0x0a;
const noBytes = Buffer.alloc(0);

/** Where a line of a file is: counted from 1, and its first byte counted from 0. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}
export interface Line extends Place {
  /** Without its line feed; valid until the next batch is asked for. */
  readonly raw: Buffer;
  /** With its line feed. */
  readonly bytes: number;
  /** `torn`: the file ends before its line feed. `too-long`: over the limit; `raw` is empty. */
  readonly state: 'whole' | 'torn' | 'too-long';
}

/** Bytes of a file, or of anything that gives them in order. */
export type Source = string | AsyncIterable<Uint8Array>;

export const nameOf = (source: Source): string => (typeof source === 'string' ? source : 'the recording in memory');

export interface LinesOptions {
  readonly from?: Place | undefined;
  /** The most bytes of one batch that are more than one line; a megabyte when not said. */
  readonly batchBytes?: number | undefined;
}

/**
 * The lines of a file from a place on, in batches of some size or of one line: memory stays flat however long the file.
 * Throws a Problem SHK_RECORDING when it cannot be read.
 */
export async function* lineBatches(source: Source, options: LinesOptions = {}): AsyncGenerator<readonly Line[]> {
  const { from = { line: 1, offset: 0 }, batchBytes = atOnce } = options;
  let { line, offset } = from;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const take = (bytes: number, state: Line['state'], raw: Buffer): Line => {
    const tooLong = bytes > lineLimit;
    const taken: Line = { line, offset, raw: tooLong ? noBytes : raw, bytes, state: tooLong ? 'too-long' : state };
    line++;
    offset += bytes;
    return taken;
  };

  for await (const chunk of bytesOf(source, { start: from.offset, most: batchBytes })) {
    const batch: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      const part = chunk.subarray(start, end);
      batch.push(take(restBytes + end + 1 - start, 'whole', rest.length === 0 ? part : Buffer.concat([...rest, part])));
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    restBytes += tail.length;
    // Of a line over the limit only the length is still wanted.
    if (restBytes > lineLimit) rest = [];
    else if (tail.length > 0) rest.push(Buffer.from(tail));
    yield batch;
  }
  if (restBytes > 0) yield [take(restBytes, 'torn', Buffer.concat(rest))];
}

/** Each part is valid until the next one is asked for: one buffer takes them all, so that reading a long file leaves no garbage behind. */
async function* bytesOf(source: Source, { start, most }: { readonly start: number; readonly most: number }): AsyncGenerator<Buffer> {
  if (typeof source !== 'string') {
    for await (const bytes of source) yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return;
  }
  try {
    const facts = await stat(source);
    if (facts.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    if (!facts.isFile()) throw Object.assign(new Error('it is no file'), { code: 'EINVAL' });
    const file = await open(source);
    try {
      const buffer = Buffer.allocUnsafeSlow(most);
      for (let position = start; ; ) {
        const { bytesRead } = await file.read(buffer, 0, most, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(source, error);
  }
}

const reasons: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOENT: [
    'there is no such file',
    'Look at its name; recordings lie where `shakedown start` said, by default in the folder `recordings` of the user data.',
  ],
  EISDIR: ['it is a folder', 'Name one file in it; a recording ends in .jsonl.'],
  EACCES: ['permission is denied', 'A recording can be read by the user who made it only.'],
};

const unreadable = (path: string, error: unknown): Problem => {
  const [what, advice] = reasons[codeOf(error)] ?? [sentenceOf(error), 'Name a file that `shakedown start` or `shakedown import` wrote.'];
  return new Problem('SHK_RECORDING', `The recording ${path} cannot be read: ${what}.`, advice, { cause: error });
};

import { stat } from 'node:fs/promises';
import { Problem } from '../../model/problem.js';
import { type Line, lineBatches } from '../../recording/lines.js';
import { readTime } from '../../recording/read-time.js';
import { frameTold, type ToldMessage, trueLength } from '../frame-events.js';
import { createImportSink, type ImportOptions, type Imports } from '../import-sink.js';
import { Misfit, maybe, numberAt, type Place, placeOf, textAt } from '../misfit.js';

const types = ['text', 'binary', 'ping', 'pong', 'close'] as const;

const oneOf = <T extends string>(place: Place, key: string, words: readonly T[]): T => {
  const word = textAt(place, key);
  const known = words.find((one) => one === word);
  if (known === undefined) throw new Misfit(`${place.where}, ${key}`, `is none of ${words.join(', ')}`);
  return known;
};

/** A line of `inspect --messages --json`, and of what `export --format json-lines` writes. Throws a Misfit. */
const readLine = (text: string, where: string): ToldMessage & { readonly exchange: string } => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Misfit(where, 'is no JSON');
  }
  const place = placeOf(parsed, where);
  const exchange = textAt(place, 'exchange');
  if (exchange === '' || exchange.length > 200) throw new Misfit(`${where}.exchange`, 'is no id of an exchange');
  const atMs = readTime(textAt(place, 'at'));
  if (!Number.isFinite(atMs)) throw new Misfit(`${where}.at`, 'is no ISO time in UTC');
  const type = oneOf(place, 'type', types);
  const error = maybe(textAt, place, 'error');
  if (place.value.compressed === true && error !== undefined) throw new Misfit(where, `could not be inflated: ${error}`);
  const said = maybe(textAt, place, 'text');
  const bytes = said === undefined ? Buffer.from(textAt(place, 'base64'), 'base64') : Buffer.from(said);
  const length = trueLength(place.value.cut === true ? maybe(numberAt, place, 'bytes') : undefined, bytes);
  return { exchange, atMs, from: oneOf(place, 'from', ['client', 'server']), type, bytes, length };
};

/** Exchanges that are kept in mind; a file that names more is no list of conversations. */
const mostExchanges = 1_000_000;

/** Reads messages into a new recording: WebSockets without heads, whose end is not known. Rejects with a Problem SHK_RECORDING. */
export const importJsonLines = async (file: string, options: ImportOptions): Promise<Imports> => {
  const sink = createImportSink(options);
  const { size } = await stat(file);
  const known = new Set<string>();

  const take = (line: Line): void => {
    const where = `line ${line.line}`;
    if (line.state === 'too-long') throw new Misfit(where, 'is longer than any line that is read');
    const text = line.raw.toString('utf8').replace(/^\ufeff/, '');
    if (text.trim() === '') return;
    const message = readLine(text, where);
    const { exchange, atMs } = message;
    if (!known.has(exchange)) {
      if (known.size >= mostExchanges) throw new Misfit(where, `begins one more than ${mostExchanges} exchanges`);
      known.add(exchange);
      const lacks = ['heads', 'target', 'frames', 'end', 'timings', 'tls', 'legs'] as const;
      sink.begin(exchange, [[atMs, { type: 'imported', kind: 'websocket', from: 'json-lines', creator: '', lacks, open: 0 }]], atMs);
    }
    sink.add(exchange, frameTold(message));
    sink.message();
  };

  try {
    for await (const batch of lineBatches(file)) {
      for (const line of batch) {
        try {
          take(line);
        } catch (error) {
          if (!(error instanceof Misfit)) throw error;
          sink.skip(error.where, error.why);
        }
      }
      const last = batch.at(-1);
      if (last) options.onProgress?.(last.offset + last.bytes, size);
    }
    const result = sink.close();
    if (result.exchanges > 0) return result;
    const [first] = result.skipped;
    throw new Problem(
      'SHK_RECORDING',
      `${file} holds nothing that can be imported${first ? `: ${first.where} ${first.why}` : ''}.`,
      'Name messages as `shakedown inspect FILE --messages --json` prints them.',
    );
  } catch (error) {
    sink.abandon();
    throw error;
  }
};

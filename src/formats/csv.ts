import { urlOf } from '../model/target.js';
import type { TimedMessage } from '../recording/read-messages.js';
import type { ExportFormat, RecordedExchange } from './format.js';

const columns = ['exchange', 'url', 'at', 'from', 'type', 'payload', 'encoding', 'bytes', 'wire_bytes', 'frames', 'close_code', 'note'];

/** A cell of Excel holds 32,767 characters, and what is over spills into the rows below. */
const mostCharacters = 32_000;

/** A spreadsheet takes a cell that begins so for a formula (threats.md T52; the wide forms in East Asian ones). The apostrophe itself, so that it can be undone. */
const formula = /^[=+\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]/;
/** What no cell can show, and what turns the reading direction. Tabs and line breaks may stand in a quoted cell. */
const unseen = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

const escaped = (text: string): string =>
  text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One cell of captured text: never a formula, quoted as RFC 4180 has it. */
export const cell = (text: string): string => {
  const shown = escaped(text);
  const safe = formula.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const cutTo = (text: string): string => {
  const cut = text.slice(0, mostCharacters);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
};

const payload = ({ message: { type, bytes, error } }: TimedMessage): { text: string; encoding: string; code: string } => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (type === 'close' && error === undefined && bytes.length >= 2)
    return { text: buffer.toString('utf8', 2), encoding: 'text', code: String(buffer.readUInt16BE(0)) };
  const readable = type === 'text' && error === undefined;
  return { text: buffer.toString(readable ? 'utf8' : 'base64'), encoding: readable ? 'text' : 'base64', code: '' };
};

const row = ({ exchange }: RecordedExchange, timed: TimedMessage): string => {
  const { message, at } = timed;
  const { text, encoding, code } = payload(timed);
  const shown = cutTo(text);
  const notes = [
    ...(message.error === undefined ? [] : [message.error]),
    ...(shown.length < text.length || message.cut ? ['cut'] : []),
    ...(encoding === 'text' && shown.search(unseen) !== -1 ? ['with escapes'] : []),
    ...(message.compressed ? ['compressed'] : []),
  ];
  const url = exchange.target ? cutTo(urlOf(exchange.target)) : '';
  const { from, type, length, wireBytes, frames } = message;
  const cells = [exchange.id, url, at, from, type, shown, encoding, length, wireBytes, frames, code, notes.join('; ')];
  return `${cells.map((value) => cell(String(value))).join(',')}\r\n`;
};

/** One message a row. With a byte order mark, without which Excel takes UTF-8 for the code page of the system. */
export const csv: ExportFormat = {
  id: 'csv',
  aliases: [],
  extension: 'csv',
  binary: false,
  about: 'CSV, one message a row with its exchange and URL: for Excel, LibreOffice and other spreadsheets.',
  write: async function* (exchanges) {
    yield `\ufeff${columns.join(',')}\r\n`;
    for await (const recorded of exchanges) {
      for await (const batch of recorded.messages()) {
        if (batch.length > 0) yield batch.map((timed) => row(recorded, timed)).join('');
      }
    }
  },
};

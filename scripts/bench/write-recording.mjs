import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = (path) => import(pathToFileURL(join(import.meta.dirname, '../../dist', path)).href);

/** A text that the search is for, in one message, and that message's number. */
export const needle = { text: 'needle in the hay', number: (messages) => Math.floor(messages * 0.77) };

const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore'.split(' ');
const textOf = (n, messages) => {
  let text = n === needle.number(messages) ? needle.text : '';
  for (let at = 0; text.length < 108; at++) text += `${words[(n * 7 + at * 3) % words.length]} `;
  return `{"n":${n},"t":"${text}`.slice(0, 123).concat('"}');
};

/**
 * Writes a recording of one WebSocket: `messages` texts of 125 bytes, `together` in one chunk, the directions in turn. It is written by the
 * codec of the program itself, so that it is what the program would have written.
 */
export const writeRecording = async (path, { messages, together }) => {
  const [{ encodeEvent, encodeFirstLine }, { encodeFrame }, { isoTime }] = await Promise.all([
    dist('recording/codec.js'),
    dist('wire/frame-encoder.js'),
    dist('model/clock.js'),
  ]);
  const file = openSync(path, 'wx', 0o600);
  let waiting = [];
  let micros = 0;
  const put = (line) => {
    waiting.push(line);
    if (waiting.length < 4096) return;
    writeSync(file, `${waiting.join('\n')}\n`);
    waiting = [];
  };
  const event = (body) => {
    micros += 50;
    put(encodeEvent({ at: isoTime(Date.UTC(2026, 0, 31) + micros / 1000), exchange: '1', ...body }));
  };
  const answer =
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
  const request =
    'GET /chat HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
  put(encodeFirstLine({ startedAt: isoTime(Date.UTC(2026, 0, 31)), shakedown: 'bench' }));
  event({ type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50_000 }, entrance: 'reverse' });
  event({ type: 'target', target: { scheme: 'ws', host: 'a.test', port: 80, path: '/chat' }, kind: 'websocket' });
  event({ type: 'head', site: 'clientSent', raw: request });
  event({ type: 'head', site: 'serverGot', sameAs: 'clientSent' });
  event({ type: 'head', site: 'serverSent', raw: answer });
  event({ type: 'head', site: 'clientGot', sameAs: 'serverSent' });
  for (let n = 0, turn = 0; n < messages; turn++) {
    const from = turn % 2 === 0 ? 'client' : 'server';
    const frames = [];
    for (const end = Math.min(messages, n + together); n < end; n++) {
      const payload = Buffer.from(textOf(n, messages));
      frames.push(encodeFrame({ fin: true, opcode: 1, payload, ...(from === 'client' && { maskKey: randomBytes(4) }) }));
    }
    event({ type: 'bytes', from, data: Buffer.concat(frames).toString('base64') });
  }
  event({ type: 'closed', client: { in: 1, out: 1 }, server: { in: 1, out: 1 } });
  writeSync(file, `${waiting.join('\n')}\n`);
  closeSync(file);
};

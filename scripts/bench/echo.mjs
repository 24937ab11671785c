#!/usr/bin/env node
// The far end of a benchmark: echoes every frame, or, asked for `/source/SIZE`, sends messages of SIZE bytes without end.
// ws, and wss too with `--certificate FILE --key FILE`. Prints one JSON line with both ports.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { parseArgs } from 'node:util';
import { frameHeader } from './frames.mjs';

const acceptOf = (key) => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** Payload bytes `from` to `to` of a chunk, unmasked, in a new buffer. `done` payload bytes of the frame came before. */
const unmask = (chunk, { from, to, mask, done }) => {
  const out = Buffer.allocUnsafeSlow(to - from);
  chunk.copy(out, 0, from, to);
  const turned = Buffer.from([0, 1, 2, 3].map((index) => mask[(done + index) & 3]));
  const words = new Int32Array(out.buffer, 0, out.length >> 2);
  const word = turned.readInt32LE(0);
  for (let at = 0; at < words.length; at++) words[at] ^= word;
  for (let at = words.length * 4; at < out.length; at++) out[at] ^= turned[at & 3];
  return out;
};

const headerLength = (held) => {
  if (held.length < 2) return Number.POSITIVE_INFINITY;
  const length = held[1] & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + 4;
};
const payloadLength = (held) => {
  const length = held[1] & 0x7f;
  return length === 126 ? held.readUInt16BE(2) : length === 127 ? Number(held.readBigUInt64BE(2)) : length;
};

/** A function that takes chunks of a client's stream and returns the bytes of the echo. */
const echoer = (onClose) => {
  let held = Buffer.alloc(0);
  let frame;
  return (chunk) => {
    const out = [];
    let bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    held = Buffer.alloc(0);
    while (bytes.length > 0) {
      if (frame === undefined) {
        const length = headerLength(bytes);
        if (bytes.length < length) {
          held = bytes;
          break;
        }
        frame = { left: payloadLength(bytes), mask: bytes.subarray(length - 4, length), done: 0, opcode: bytes[0] & 0x0f };
        out.push(frameHeader(frame.left, null, frame.opcode));
        bytes = bytes.subarray(length);
      }
      const to = Math.min(bytes.length, frame.left);
      if (to > 0) out.push(unmask(bytes, { from: 0, to, mask: frame.mask, done: frame.done }));
      frame.left -= to;
      frame.done += to;
      bytes = bytes.subarray(to);
      if (frame.left > 0) continue;
      if (frame.opcode === 8) onClose();
      frame = undefined;
    }
    return out.length === 1 ? out[0] : Buffer.concat(out);
  };
};

const source = (socket, size) => {
  const message = Buffer.concat([frameHeader(size, null), Buffer.alloc(size, 0x2e)]);
  const more = () => {
    while (!socket.destroyed && socket.write(message));
  };
  socket.on('drain', more);
  socket.on('data', () => socket.destroy());
  more();
};

const start = (socket, head, rest) => {
  const text = head.toString('latin1');
  const key = /\r\nsec-websocket-key: *(\S+)/i.exec(text)?.[1];
  if (key === undefined) return socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptOf(key)}\r\n\r\n`,
  );
  const size = /^GET [^ ]*\/source\/(\d+) /.exec(text)?.[1];
  if (size !== undefined) return source(socket, Number(size));
  let closing = false;
  const echo = echoer(() => {
    closing = true;
  });
  const onData = (chunk) => {
    if (!socket.write(echo(chunk))) socket.pause();
    if (closing) socket.end();
  };
  socket.on('drain', () => socket.resume());
  socket.on('data', onData);
  if (rest.length > 0) onData(rest);
};

const serve = (socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  let held = Buffer.alloc(0);
  const onHead = (chunk) => {
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf('\r\n\r\n');
    if (end === -1) return;
    socket.off('data', onHead);
    start(socket, held.subarray(0, end + 4), held.subarray(end + 4));
  };
  socket.on('data', onHead);
};

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const { values } = parseArgs({ options: { certificate: { type: 'string' }, key: { type: 'string' } } });
const ws = await listen(createServer(serve));
const wss =
  values.certificate === undefined || values.key === undefined
    ? null
    : await listen(createTlsServer({ cert: readFileSync(values.certificate), key: readFileSync(values.key) }, serve));
console.log(JSON.stringify({ ws, wss }));

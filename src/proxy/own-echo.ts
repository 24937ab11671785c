import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { opcodes } from '../model/frame.js';
import { acceptFor } from '../wire/accept-key.js';
import { createFrameDecoder, type Frame } from '../wire/frame-decoder.js';
import { encodeFrame } from '../wire/frame-encoder.js';
import { nonceOf } from './own-pages.js';

const mostEchoes = 4;
const lifeMs = 10_000;

const closing = (code: number): Uint8Array =>
  encodeFrame({ fin: true, opcode: opcodes.close, payload: Uint8Array.of(code >> 8, code & 0xff) });

/** Why a handshake cannot be served; null when it can. A browser names its page's Origin, and only ours may use the socket (threats.md T03). */
const objection = ({ url, headers }: IncomingMessage, origins: readonly string[]): string | null => {
  const { origin, upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } = headers;
  if (origin !== undefined && !origins.includes(origin)) return '403 Forbidden';
  if (!url?.startsWith('/echo?') || nonceOf(url) === null) return '404 Not Found';
  if (upgrade?.toLowerCase() !== 'websocket' || version !== '13' || !/^[A-Za-z0-9+/]{22}==$/.test(key ?? '')) return '400 Bad Request';
  return null;
};

/**
 * The other end of the page's WebSocket check: a server in a few lines that sends the nonce of its own URL back, at most four times and
 * within ten seconds, and closes at anything else.
 */
export const echoNonce = (request: IncomingMessage, socket: Duplex, head: Buffer, origins: readonly string[]): void => {
  socket.on('error', () => socket.destroy());
  const refused = objection(request, origins);
  if (refused !== null) {
    socket.end(`HTTP/1.1 ${refused}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    return;
  }
  const nonce = nonceOf(request.url ?? '') ?? '';
  const timer = setTimeout(() => socket.destroy(), lifeMs);
  socket.once('close', () => clearTimeout(timer));
  const decoder = createFrameDecoder({ from: 'client', maxPayload: 128 });
  let echoes = 0;
  let over = false;
  /** Answers a frame; returns the code to close with, or undefined to go on. */
  const answer = ({ header: { fin, opcode, key }, payload, cut }: Frame): number | undefined => {
    if (!key || !fin) return 1002;
    if (opcode === opcodes.close) return 1000;
    if (opcode === opcodes.pong) return undefined;
    if (opcode === opcodes.ping) {
      socket.write(encodeFrame({ fin: true, opcode: opcodes.pong, payload }));
      return undefined;
    }
    const own = opcode === opcodes.text && !cut && Buffer.from(payload).toString('latin1') === nonce;
    if (!own || ++echoes > mostEchoes) return 1008;
    socket.write(encodeFrame({ fin: true, opcode: opcodes.text, payload }));
    return undefined;
  };
  const hear = (chunk: Uint8Array): void => {
    for (const frame of decoder.push(chunk)) {
      const code = over ? undefined : answer(frame);
      if (code === undefined) continue;
      over = true;
      socket.end(closing(code));
    }
  };
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptFor(request.headers['sec-websocket-key'] ?? '')}\r\n\r\n`,
  );
  hear(head);
  socket.on('data', hear);
  socket.on('end', () => socket.end());
};

import { gunzipSync } from 'node:zlib';
import type { Event } from '../../src/model/event.js';
import { createFrameDecoder } from '../../src/wire/frame-decoder.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { takeover } from '../wire/streams.js';

/** A secret in every form in which somebody may grep for it. */
export const needles = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    bytes.toString('latin1'),
    encodeURIComponent(secret),
    percent,
    json,
    JSON.stringify(json).slice(1, -1),
    ...base64,
    bytes.toString('hex'),
  ];
};

const gunzipped = (bytes: Buffer): string => {
  try {
    return gunzipSync(bytes).toString('latin1');
  } catch {
    return '';
  }
};

/** Everything that can be got out of a recording: the file, its chunks, its streams joined, frames unmasked, messages inflated, bodies unpacked. */
export const haystack = (file: Uint8Array, events: readonly Event[]): string => {
  const parts = [Buffer.from(file).toString('latin1'), JSON.stringify(events)];
  const streams = new Map<string, Buffer[]>();
  for (const event of events) {
    if (event.type !== 'bytes') continue;
    const key = `${event.from} ${event.exchange}`;
    const chunks = streams.get(key) ?? [];
    streams.set(key, chunks);
    chunks.push(Buffer.from(event.data, 'base64'));
  }
  for (const [key, chunks] of streams) {
    const from = key.startsWith('client') ? 'client' : 'server';
    const joined = Buffer.concat(chunks);
    parts.push(...chunks.map((chunk) => chunk.toString('latin1')), joined.toString('latin1'), gunzipped(joined));
    parts.push(joined.toString('latin1').replace(/\r\n[0-9a-f]+\r\n/g, ''));
    const frames = createFrameDecoder({ from }).push(joined);
    parts.push(frames.map(({ payload }) => Buffer.from(payload).toString('latin1')).join(''));
    for (const deflate of [null, takeover]) {
      const messages = createMessageReader({ from, deflate }).push(joined);
      parts.push(...messages.map(({ bytes }) => Buffer.from(bytes).toString('latin1')));
    }
  }
  return textsIn(parts.join('\n'));
};

/** A text, and what is base64 in it: credentials of Basic, a JWT. */
export const textsIn = (all: string): string => {
  const inner = (all.match(/[A-Za-z0-9+/_-]{16,2000}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('latin1'));
  return `${all}\n${inner.join('\n')}`;
};

import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Event } from '../../src/model/event.js';
import type { FrameResume } from '../../src/model/frame.js';
import { readExchanges } from '../../src/recording/exchanges.js';
import { readMessages } from '../../src/recording/read-messages.js';
import { encodeMessage } from '../../src/wire/frame-encoder.js';
import { openedEvent } from './support/events.js';
import { recordingText } from './support/files.js';

const at = '2026-01-31T09:05:00.000000Z';
const line = (body: object): Event => ({ at, exchange: '1', ...body }) as Event;
const text = (said: string) => Buffer.from(encodeMessage({ type: 'text', bytes: Buffer.from(said) }));
const from = 'server' as const;

/** An open WebSocket whose server sends a long message that is cut by a gap, then three short ones. */
const holed = (resume: FrameResume | undefined): string =>
  recordingText([
    openedEvent('1'),
    line({ type: 'target', kind: 'websocket', target: { scheme: 'ws', host: 'a.test', port: 80, path: '/' } }),
    line({ type: 'head', site: 'clientSent', raw: 'GET / HTTP/1.1\r\n\r\n' }),
    line({ type: 'head', site: 'clientGot', raw: 'HTTP/1.1 101 Switching Protocols\r\n\r\n' }),
    line({ type: 'bytes', from, data: text('x'.repeat(300)).subarray(0, 10).toString('base64') }),
    // 294 bytes of that message, another of 12 bytes, and 3 bytes of a third one.
    line({ type: 'bytes-lost', from, bytes: 294 + 12 + 3, why: 'a test', ...(resume && { resume }) }),
    line({ type: 'bytes', from, data: Buffer.concat([text('the third').subarray(3), text('the fourth')]).toString('base64') }),
  ]);

const readAll = async (file: string) => {
  const source = async function* () {
    yield Buffer.from(file);
  };
  for await (const read of readExchanges(source())) {
    const messages: string[] = [];
    for await (const batch of readMessages(source(), read)) {
      messages.push(...batch.map(({ message }) => `${Buffer.from(message.bytes)} ${message.length}${message.lost ? ' lost' : ''}`));
    }
    return { exchange: read.exchange, messages };
  }
  throw new Error('no exchange');
};

it('a gap in a recording gives one cut message, and then the true ones', async () => {
  const { exchange, messages } = await readAll(holed({ left: 8, header: '', unfinished: false }));
  expect(messages).toEqual(['xxxxxx 300 lost', 'the fourth 10']);
  expect(exchange.lostBytes).toBe(309);
  expect(exchange.frames.fromServer).toMatchObject({ frames: 2, messages: 1, bytes: 10 + 309 + 8 + 12, defects: [] });
});

it('a gap that does not say where frames go on ends them, and nothing is invented', async () => {
  const { exchange, messages } = await readAll(holed(undefined));
  expect(messages).toEqual(['xxxxxx 300 lost']);
  expect(exchange.lostBytes).toBe(309);
  expect(exchange.frames.fromServer).toMatchObject({ frames: 0, messages: 0, defects: [], incomplete: true });
});

it('a Close frame that a gap may have taken is not missed', async () => {
  const end = line({ type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' });
  const closed = line({ type: 'closed', client: { in: 0, out: 0 }, server: { in: 0, out: 0 } });
  const tail = [end, closed].map((event) => `${JSON.stringify(event)}\n`).join('');
  const codes = async (file: string) => diagnose((await readAll(file + tail)).exchange).map(({ code }) => code);
  expect(await codes(holed(undefined))).not.toContain('frame.abnormal-close');
  const whole = holed(undefined)
    .split('\n')
    .filter((text) => !text.includes('"bytes-lost"') && !text.includes('"bytes"'))
    .join('\n');
  expect(await codes(whole)).toContain('server.close-after-101');
});

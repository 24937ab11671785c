import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catchOne } from '../control/hands/support.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { armed, bye } from './support/forced.js';
import { frame } from './support/frames.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { type Ask, callHttp2, extendedConnect, type Http2Caller } from './support/http2-caller.js';

/** The windows of Node, of each stream and of the connection, are 65,535 bytes until they are given back. */
let server: Http2Server;
let house: House;
beforeAll(async () => {
  server = await startHttp2Server(testCertificate());
  house = await startHouse({ insecure: ['127.0.0.1'] });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const masked = (payload: string): Buffer => frame({ opcode: 1, payload, masked: true });
const plain = (payload: string): Buffer => frame({ opcode: 1, payload, masked: false });
const caller = (): Promise<Http2Caller> => callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
const opened = async (client: Http2Caller): Promise<Ask> => {
  const asked = client.ask(extendedConnect(`127.0.0.1:${server.port}`));
  expect((await asked.answer)[':status']).toBe(200);
  return asked;
};
/** A message in fragments of 30,000 bytes. */
const long = `needle ${'x'.repeat(300_000)}`;
const fragments = Buffer.concat(
  Array.from({ length: 11 }, (_, nth) =>
    frame({ opcode: nth === 0 ? 1 : 0, fin: nth === 10, payload: long.slice(nth * 30_000, (nth + 1) * 30_000), masked: true }),
  ),
);

describe('flow control of HTTP/2 under faults', () => {
  it.each(['client', 'server', 'both'])(
    'a message that is longer than the window is read whole by a fault on messages (from=%s)',
    async (from) => {
      await using client = await caller();
      await armed(house, `replace-text:find=needle,put=thread,from=${from}`, async () => {
        const asked = await opened(client);
        for (let nth = 1; nth <= 2; nth++) {
          asked.stream.write(fragments);
          const due = plain(long.replace('needle', 'thread'));
          expect((await asked.bytes(due.length * nth)).subarray(due.length * (nth - 1)).equals(due)).toBe(true);
        }
      });
    },
  );

  it('a message that is longer than the window can be held', async () => {
    await using client = await caller();
    const asked = await opened(client);
    const held = await catchOne(house, { at: 'message', from: 'client' }, () => void asked.stream.write(fragments));
    expect(held.message?.bytes.length).toBe(long.length);
    await house.engine.control.release(held.id, { type: 'pass' });
    const due = plain(long);
    expect((await asked.bytes(due.length)).equals(due)).toBe(true);
  });

  it('a stream to which a fault adds without end, and whose receiver takes nothing, is reset, and its neighbours are not', async () => {
    await using client = await caller();
    await armed(house, 'grow-message:bytes=1000000,fill=letters,from=server', async () => {
      const asked = await opened(client);
      asked.stream.pause();
      const closed = new Promise<number | undefined>((resolve) => {
        asked.stream.on('error', () => {}).once('close', () => resolve(asked.stream.rstCode));
      });
      for (let nth = 0; nth < 20; nth++) asked.stream.write(masked('small'));
      expect(await closed).not.toBe(0);
      const next = await opened(client);
      next.stream.write(masked('again'));
      await next.bytes(1_000_000);
      next.stream.write(bye);
      expect((await next.body).length).toBeGreaterThan(1_000_000);
    });
  });

  it('what a fault adds waits until its receiver has room', async () => {
    await using client = await caller();
    await armed(house, 'grow-message:bytes=400000,fill=letters,from=server', async () => {
      const asked = await opened(client);
      asked.stream.pause();
      asked.stream.write(masked('small'));
      await house.event((event) => event.type === 'fault' && event.fault.id === 'grow-message');
      await new Promise((resolve) => client.session.ping(resolve));
      expect(asked.stream.readableLength).toBeLessThanOrEqual(65_535);
      asked.stream.resume();
      const length = plain('x'.repeat(400_000)).length;
      expect((await asked.bytes(length)).subarray(-1).toString()).toMatch(/[a-z]/);
      // Nor is the connection any the worse for it.
      const next = await opened(client);
      next.stream.write(masked('again'));
      await next.bytes(length);
      next.stream.write(bye);
      expect((await next.body).length).toBeGreaterThan(length);
    });
  });

  it('what is dropped behind a delay is given back when it is, and not only with the next DATA', async () => {
    await using client = await caller();
    await armed(house, 'truncate-message:bytes=1,from=client', () =>
      armed(house, 'latency:ms=150,from=client', async () => {
        const asked = await opened(client);
        // Node writes frames of 16,384 bytes: with its header of 8 bytes each message takes one, and all together the whole window.
        const messages = [16_384, 16_384, 16_384, 16_383].map((length) => masked('y'.repeat(length - 8)));
        for (let nth = 1; nth <= 3; nth++) {
          asked.stream.write(Buffer.concat(messages));
          expect(await asked.bytes(12 * nth)).toEqual(Buffer.concat(Array<Buffer>(4 * nth).fill(plain('y'))));
        }
      }),
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { within } from './support/deadline.js';
import { frame } from './support/frames.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { callHttp2, extendedConnect, type Http2Caller } from './support/http2-caller.js';

const own = testCertificate();
let house: House;
let server: Http2Server;
beforeAll(async () => {
  server = await startHttp2Server(own);
  house = await startHouse({ insecure: ['127.0.0.1'] });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const hello = frame({ opcode: 1, payload: 'hello', masked: true });
const echoed = frame({ opcode: 1, payload: 'hello', masked: false });
const caller = (): Promise<Http2Caller> => callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
const connect = () => extendedConnect(`127.0.0.1:${server.port}`);

/** Runs with the fault armed for it alone; gives the exchanges of that connection, ended. */
const armed = async (choice: string, count: number, play: (client: Http2Caller) => Promise<void>): Promise<readonly Exchange[]> => {
  const { control } = house.engine;
  const { choice: taken } = await control.arm(choice);
  const client = await caller();
  await play(client);
  await control.disarm(taken.key);
  await client[Symbol.asyncDispose]();
  const exchanges = await within(house.exchanges(client.localPort, count), () => JSON.stringify(house.now(client.localPort), null, 1));
  expect(exchanges.flatMap(({ faultFailures }) => faultFailures)).toEqual([]);
  return exchanges;
};
const codes = (exchange: Exchange | undefined): readonly string[] =>
  exchange ? diagnose(exchange).flatMap(({ code, cause }) => (cause === 'certificate' ? [] : [code])) : [];
const gone = (client: Http2Caller): Promise<void> => new Promise((resolve) => client.session.once('close', () => resolve()));

describe('faults of HTTP/2', () => {
  it.each(['REFUSED_STREAM', 'PROTOCOL_ERROR', 'HTTP_1_1_REQUIRED'])(
    'h2-reset with %s ends the stream before the server hears of it',
    async (code) => {
      const before = server.seen.length;
      const [exchange] = await armed(`h2-reset:code=${code}`, 1, async (client) => {
        await expect(client.ask(connect()).answer).rejects.toThrow('the stream was reset');
      });
      expect(server.seen).toHaveLength(before);
      expect(exchange?.client.end).toMatchObject({ how: 'reset', by: 'shakedown', code: `H2_${code}` });
      expect(exchange?.applied).toMatchObject([{ id: 'h2-reset', stage: 'http2', leg: 'client' }]);
      expect(['intermediary.h2-no-extended-connect', 'server.reset']).toContain(codes(exchange)[0]);
    },
  );

  it('h2-reset after the answer leaves the other streams of the connection alone', async () => {
    const { control } = house.engine;
    const client = await caller();
    const other = client.ask(connect());
    await other.answer;
    const { choice } = await control.arm('h2-reset:at=answer,code=CANCEL');
    const hit = client.ask(connect());
    await new Promise((resolve) => hit.stream.once('close', resolve));
    expect(hit.stream.rstCode).toBe(8);
    await control.disarm(choice.key);
    other.stream.write(hello);
    expect(await other.bytes(echoed.length)).toEqual(echoed);
    const next = client.ask(connect());
    expect((await next.answer)[':status']).toBe(200);
    await client[Symbol.asyncDispose]();
    const exchanges = await within(house.exchanges(client.localPort, 3), () => '');
    expect(exchanges.map(({ applied }) => applied.length)).toEqual([0, 1, 0]);
    expect(codes(exchanges[1])[0]).toBe('server.rst-after-101');
  });

  it('h2-goaway ends the connection with its code and its text', async () => {
    const heard: unknown[] = [];
    const [exchange] = await armed('h2-goaway:code=ENHANCE_YOUR_CALM,debug=too_many_pings', 1, async (client) => {
      const over = gone(client);
      client.session.on('goaway', (code, last, data) => heard.push([code, last, data?.toString()]));
      client.ask(connect());
      await over;
    });
    expect(heard).toEqual([[11, 1, 'too_many_pings']]);
    expect(codes(exchange)).not.toEqual([]);
  });

  it('h2-goaway before the answer can say that the stream was not taken', async () => {
    const heard: unknown[] = [];
    await armed('h2-goaway:at=request,last=before', 1, async (client) => {
      const over = gone(client);
      client.session.on('goaway', (code, last) => heard.push([code, last]));
      client.ask(connect());
      await over;
    });
    expect(heard).toEqual([[0, 0]]);
  });

  it('h2-no-extended-connect takes the setting away, and nothing else', async () => {
    await armed('h2-no-extended-connect', 1, async (client) => {
      expect(client.extended).toBe(false);
    });
    await using client = await caller();
    expect(client.extended).toBe(true);
  });

  it('h2-stalled-window stops a stream when its window is full, and disarmed nothing stops the next', async () => {
    const big = frame({ opcode: 2, payload: Buffer.alloc(60_000, 7), masked: true });
    const reply = frame({ opcode: 2, payload: Buffer.alloc(60_000, 7), masked: false });
    const [exchange] = await armed('h2-stalled-window:from=client', 1, async (client) => {
      const ask = client.ask(connect());
      await ask.answer;
      ask.stream.write(big);
      await ask.bytes(reply.length);
      ask.stream.write(big);
      // The window is 65,535 bytes, and its renewal never comes.
      await ask.bytes(65_535);
    });
    expect(exchange?.frames.fromServer.bytes).toBe(65_535);
    await using client = await caller();
    const ask = client.ask(connect());
    await ask.answer;
    for (let nth = 1; nth <= 3; nth++) {
      ask.stream.write(big);
      await ask.bytes(reply.length * nth);
    }
  });

  const masked = (payload: string | Buffer, opcode = 1): Buffer => frame({ opcode, payload, masked: true });
  const plain = (payload: string | Buffer, opcode = 1): Buffer => frame({ opcode, payload, masked: false });

  it('drop-message takes a message out of a stream, and what follows arrives', async () => {
    const [exchange] = await armed('drop-message:from=server,message=2', 1, async (client) => {
      const ask = client.ask(connect());
      await ask.answer;
      for (const text of ['one', 'two', 'three']) ask.stream.write(masked(text));
      const due = Buffer.concat([plain('one'), plain('three')]);
      expect(await ask.bytes(due.length)).toEqual(due);
      ask.stream.end();
    });
    expect(exchange?.frames.fromServer.messages).toBe(3);
    expect(exchange?.given.fromServer?.messages).toBe(2);
    expect(exchange?.applied).toMatchObject([{ id: 'drop-message', leg: 'client' }]);
  });

  it('gives back the windows of what is dropped: a stream never runs dry', async () => {
    await armed('drop-message:from=server,contains=drop', 1, async (client) => {
      const ask = client.ask(connect());
      await ask.answer;
      // Six times the window, of which nothing arrives.
      for (let nth = 0; nth < 6; nth++) ask.stream.write(masked(`drop${'x'.repeat(60_000)}`));
      ask.stream.write(masked('end'));
      expect(await ask.bytes(plain('end').length)).toEqual(plain('end'));
    });
  });

  it('latency delays a stream, and its end comes behind what it delays', async () => {
    await armed('latency:ms=30', 1, async (client) => {
      const ask = client.ask(connect());
      await ask.answer;
      ask.stream.write(masked('late'));
      ask.stream.write(masked(Buffer.of(3, 232), 8));
      ask.stream.end();
      expect((await ask.body).subarray(0, 6)).toEqual(plain('late'));
    });
  });

  it('cut-frame resets a stream in the middle of a frame, and the next stream of the connection works', async () => {
    const { control } = house.engine;
    const client = await caller();
    const { choice } = await control.arm('cut-frame:end=reset');
    const ask = client.ask(connect());
    await ask.answer;
    ask.stream.write(masked('0123456789'));
    await new Promise((resolve) => ask.stream.once('close', resolve));
    expect(ask.stream.rstCode).toBe(2);
    await control.disarm(choice.key);
    const next = client.ask(connect());
    await next.answer;
    next.stream.write(hello);
    expect(await next.bytes(echoed.length)).toEqual(echoed);
    await client[Symbol.asyncDispose]();
    const [exchange] = await within(house.exchanges(client.localPort, 2), () => '');
    expect(exchange?.given.fromServer?.bytes).toBe(6);
  });

  it('takes a stream in hand while it is open, and lets go of it', async () => {
    const { control } = house.engine;
    await using client = await caller();
    const ask = client.ask(connect());
    await ask.answer;
    ask.stream.write(masked('one'));
    await ask.bytes(plain('one').length);
    const { choice } = await control.arm('drop-message:from=server');
    ask.stream.write(masked('two'));
    const id = house.events.findLast(({ type }) => type === 'http2')?.exchange;
    await house.event((event) => event.type === 'fault' && event.exchange === id);
    await control.disarm(choice.key);
    ask.stream.write(masked('three'));
    const due = Buffer.concat([plain('one'), plain('three')]);
    expect(await ask.bytes(due.length)).toEqual(due);
  });
});

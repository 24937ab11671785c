import { afterEach, expect } from 'vitest';
import { parseWayOut } from '../../../src/control/way-out.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { latin1 } from './ask.js';
import { call, type Way } from './caller.js';
import { within } from './deadline.js';
import { bugsOf, type House, startHouse } from './house.js';
import { type Answer, httpUpstream, opening, type Upstream } from './scripted-upstreams.js';

const leftovers: AsyncDisposable[] = [];
const houses: House[] = [];

/** Ends with the test. */
export const keep = <T extends AsyncDisposable>(one: T): T => {
  leftovers.push(one);
  return one;
};

/** Registers that every test ends what it began, and that nothing was a bug of ours. */
export const tidy = (): void => {
  afterEach(async () => {
    for (const house of houses.splice(0)) expect(bugsOf(house)).toEqual([]);
    for (const one of leftovers.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });
};

/** A proxy of ours that goes out through that upstream proxy. */
export const through = async (
  url: string,
  more: Parameters<typeof parseWayOut>[0] = {},
  options: Parameters<typeof startHouse>[0] = {},
): Promise<House> => {
  const house = keep(await startHouse({ out: parseWayOut({ upstreamProxy: url, ...more }), ...options }));
  houses.push(house);
  return house;
};
export const echo = async (): Promise<EchoServer> => keep(await startEchoServer());
export const http = async (answer: (head: string, nth: number) => Answer = opening): Promise<Upstream> => keep(await httpUpstream(answer));

export const handshakeTo = (port: number, target = '/'): Buffer =>
  latin1(
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );

/** A handshake by this way, said until the answer's head is there; the exchange once it has ended. */
export const talk = async (house: House, way: Way, originPort: number): Promise<{ answer: string; exchange: Exchange }> => {
  const client = await call({ way, proxyPort: house.port, originPort });
  await client.send(handshakeTo(originPort, way === 'absolute' ? `ws://127.0.0.1:${originPort}/` : '/'));
  await within(
    (async () => {
      while (!client.received().includes('\r\n\r\n') && client.sights.length === 0) await client.bytes(client.length() + 1);
    })(),
    () => 'no answer',
  );
  const answer = client.received().toString('latin1');
  client.reset();
  const [exchange] = await within(house.exchanges(client.localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { answer, exchange };
};

export const codes = (exchange: Exchange): string[] => diagnose(exchange).map(({ code }) => code);
export const connectHead = (port: number, fields = ''): string =>
  `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nhOST:   127.0.0.1:${port}\r\n${fields}\r\n`;

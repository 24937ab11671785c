import { createSecureContext } from 'node:tls';
import type { Exchange } from '../../../src/model/exchange.js';
import { type Caller, call } from './caller.js';
import { within } from './deadline.js';
import { type House, reverseTo, startHouse } from './house.js';
import { type Origin, startOrigin } from './origin.js';
import type { Peer } from './peer.js';

/** Two proxies, one of them in reverse mode, and two servers, one of them with TLS. */
export interface PlainWorld extends AsyncDisposable {
  readonly house: House;
  readonly reverse: House;
  visit(way: PlainWay): Promise<Visit>;
}

export const startPlainWorld = async (): Promise<PlainWorld> => {
  const house = await startHouse();
  const origin = await startOrigin();
  const reverse = await startHouse({ reverse: reverseTo(origin.port, 'http') });
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  const secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
  const visit = async (way: PlainWay): Promise<Visit> => {
    const at = way === 'connect-tls' ? secure : origin;
    const home = way === 'reverse' ? reverse : house;
    const ca = way === 'connect-tls' ? { ca: house.ca } : {};
    const client = await call({ way, proxyPort: home.port, originPort: at.port, ...ca });
    const host = `127.0.0.1:${at.port}`;
    return { client, home, at, host, target: (path) => (way === 'absolute' ? `http://${host}${path}` : path) };
  };
  return {
    house,
    reverse,
    visit,
    [Symbol.asyncDispose]: async () => {
      for (const one of [origin, secure, reverse, house]) await one[Symbol.asyncDispose]();
    },
  };
};

export const plainWays = ['absolute', 'connect', 'connect-tls', 'reverse'] as const;
export type PlainWay = (typeof plainWays)[number];

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A client on its way to the origin, and how it writes a target there. */
export interface Visit {
  readonly client: Caller;
  readonly home: House;
  readonly at: Origin;
  /** The origin's authority, for Host. */
  readonly host: string;
  target(path: string): string;
}

/** Waits until the received text holds this; what was received, from `after` on. */
export const until = (peer: Peer, text: string, after = 0): Promise<string> =>
  within(
    (async () => {
      for (;;) {
        const seen = peer.received().subarray(after).toString('latin1');
        if (seen.includes(text)) return seen;
        if (peer.stream.destroyed || peer.sights.length > 0)
          throw new Error(`ended (${peer.sights}) after ${JSON.stringify(seen.slice(0, 300))}`);
        await Promise.race([peer.bytes(peer.length() + 1), peer.ended()]);
      }
    })(),
    () => `${JSON.stringify(text)} does not come; ${JSON.stringify(peer.received().toString('latin1').slice(0, 300))}`,
  );

export const ended = async ({ client, home }: Visit, count = 1): Promise<readonly Exchange[]> => {
  client.fin();
  await within(client.closed(), () => 'the client is kept');
  return within(home.exchanges(client.localPort, count), () => 'the exchanges do not end');
};

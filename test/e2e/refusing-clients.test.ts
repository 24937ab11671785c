import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { bugsOf, type House, startHouse } from '../proxy/support/house.js';
import { withChromium } from '../support/clients/chromium.js';
import { withCurl } from '../support/clients/curl.js';
import { withFirefox } from '../support/clients/firefox.js';
import { withGorilla } from '../support/clients/go-gorilla.js';
import { withJava } from '../support/clients/java-http.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import type { Attempt, Outcome } from '../support/clients/outcome.js';
import { withPythonWebsockets } from '../support/clients/python-websockets.js';
import { withUndici } from '../support/clients/undici.js';
import { startEchoServer } from '../support/echo-server.js';
import { type Found, findChromium, findGorilla, findProgram, findPythonWebsockets } from '../support/find.js';

// Real clients that have not been told of shakedown's CA, in front of a server whose own certificate is sound: how each refuses, and what is found.
let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

interface Refuser {
  readonly name: string;
  readonly found: Found;
  readonly drive: (path: string, attempt: Attempt) => Promise<Outcome>;
  /** The alert that it sends; null where it leaves without one. */
  readonly alert: number | null;
  /** For whom the first fix is: the client where its CONNECT says who it is. */
  readonly fix: string;
}

const here: Found = { path: '' };
const refusers: readonly Refuser[] = [
  { name: 'npm ws', found: here, drive: (_, attempt) => withNpmWs(attempt), alert: null, fix: 'the client' },
  { name: 'undici', found: here, drive: (_, attempt) => withUndici(attempt), alert: null, fix: 'the client' },
  { name: 'curl', found: findProgram('curl'), drive: withCurl, alert: 48, fix: 'curl' },
  { name: 'Python websockets', found: findPythonWebsockets(), drive: withPythonWebsockets, alert: null, fix: 'the client' },
  { name: 'Go gorilla', found: findGorilla(), drive: withGorilla, alert: 42, fix: 'Go client' },
  { name: 'java.net.http', found: findProgram('java'), drive: withJava, alert: null, fix: 'the client' },
  { name: 'Chromium', found: findChromium(), drive: withChromium, alert: 46, fix: 'Chromium' },
  { name: 'Firefox', found: findProgram('firefox-esr', 'firefox'), drive: withFirefox, alert: 48, fix: 'Firefox' },
];

/** The exchanges that led to this port, once all of them have ended. */
const exchangesTo = async (port: number): Promise<readonly Exchange[]> => {
  const opened = house.events.flatMap((event) => (event.type === 'opened' ? [event.peer.port] : []));
  const mine = [...new Set(opened)].filter((local) => house.now(local).some(({ target }) => target?.port === port));
  const ended = await Promise.all(mine.map((local) => house.exchanges(local)));
  return ended.flat().filter(({ target }) => target?.port === port);
};

describe("a client that does not trust shakedown's CA", () => {
  for (const { name, found, drive, alert, fix } of refusers) {
    it.skipIf('missing' in found)(
      `${name} says ${alert === null ? 'nothing' : `alert ${alert}`}, and its distrust is found`,
      async () => {
        const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
        await using server = await startEchoServer({ tls: serverOptions });
        const attempt = { url: `wss://localhost:${server.port}/chat`, proxy: `http://127.0.0.1:${house.port}`, timeoutMs: 20_000 };
        const outcome = await drive('path' in found ? found.path : '', attempt);
        expect(outcome).toMatchObject({ opened: false, echoed: false });
        const exchanges = await exchangesTo(server.port);
        expect(exchanges.length).toBeGreaterThan(0);
        for (const exchange of exchanges) {
          expect(exchange.server?.tls).toMatchObject({ authorized: true });
          expect(exchange.client.tlsFailure?.alert ?? null).toBe(alert);
          const [first, ...others] = diagnose(exchange);
          expect(first).toMatchObject({ code: 'certificate.unknown-ca', cause: 'certificate', culprit: 'the client', severity: 'error' });
          expect(first?.title).toMatch(/shakedown's (CA|certificate)/);
          expect(first?.fix[0]?.for).toBe(fix);
          if (alert !== null) expect(first?.evidence[0]?.text).toContain(`TLS alert ${alert} (`);
          expect(others.map(({ code }) => code)).toEqual([]);
        }
        expect(server.seen).toEqual([]);
        expect(bugsOf(house)).toEqual([]);
      },
      120_000,
    );
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRecipes } from '../../src/authority/recipes.js';
import { faults } from '../../src/faults/catalogue.js';
import { kindCodes } from '../../src/faults/client-tls/bad-cert.js';
import type { TlsClient } from '../../src/faults/fault.js';
import { type House, startHouse } from '../proxy/support/house.js';
import type { Outcome } from '../support/clients/outcome.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { testFolder } from './support/folder.js';
import { drivers } from './support/tls-verdicts.js';

// Every certificate and every fault of TLS against every client of this machine, each on a port of its own, all at once: who refuses what stands in
// certs/recipes and in the faults' own files.
interface Subject {
  readonly choice: string;
  readonly refusedBy: Readonly<Record<TlsClient, string | null>>;
}

const recipes = loadRecipes();
const subjects: readonly Subject[] = [
  ...Object.keys(kindCodes).flatMap((kind) => {
    const recipe = recipes.get(kind);
    return recipe ? [{ choice: `bad-cert:kind=${kind}`, refusedBy: recipe.refusedBy }] : [];
  }),
  ...faults.flatMap(({ stage, refusedBy, example }) => (stage === 'client-tls' && refusedBy ? [{ choice: example, refusedBy }] : [])),
];

const folder = testFolder();
let house: House;
const servers: EchoServer[] = [];
const outcomes = new Map<string, readonly Outcome[]>();

beforeAll(async () => {
  house = await startHouse();
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  for (const { choice } of subjects) {
    const server = await startEchoServer({ tls: serverOptions });
    servers.push(server);
    await house.engine.control.arm(`${choice}${choice.includes(':') ? ',' : ':'}match="port=${server.port}"`);
  }
  const { info } = house.engine;
  const round = {
    urls: servers.map(({ port }) => `wss://localhost:${port}/chat`),
    proxy: `http://127.0.0.1:${house.port}`,
    ca: { pem: house.ca, path: info.ca ?? '' },
    folder,
    timeoutMs: 12_000,
  };
  await Promise.all(
    drivers.map(async ({ name, found, drive }) => {
      if ('path' in found) outcomes.set(name, await drive(found.path, round));
    }),
  );
}, 400_000);
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  for (const server of servers) await server.close();
});

/** `60 certificate has expired` of curl; what else stands there is part of what the client says. */
const says = (client: TlsClient, outcome: Outcome, words: string): boolean => {
  if (words === 'refused') return true;
  const { exitCode } = outcome as { readonly exitCode?: number | null };
  if (client !== 'curl') return outcome.error.includes(words);
  const [code = '', ...rest] = words.split(' ');
  // Exit code 35 comes with OpenSSL's inner words, which differ by version.
  return exitCode === Number(code) && (code === '35' || outcome.error.toLowerCase().includes(rest.join(' ').toLowerCase()));
};

const keys: Readonly<Record<string, TlsClient>> = {
  'npm ws': 'node',
  undici: 'node',
  curl: 'curl',
  'Python websockets': 'python',
  'Go gorilla': 'go',
  'java.net.http': 'java',
  Chromium: 'chromium',
  Firefox: 'firefox',
};

describe('the certificates and faults of TLS', () => {
  it('state for every client whether it refuses', () => {
    const stated = subjects.map(({ choice }) => choice.replace(/:.*/, ''));
    for (const { id, stage } of faults) if (stage === 'client-tls') expect(stated).toContain(id);
    expect(subjects.length).toBeGreaterThanOrEqual(40);
  });

  it.skipIf(drivers.every(({ found }) => 'missing' in found)).each(drivers)(
    'are refused and taken by $name as their files say',
    (driver) => {
      if ('missing' in driver.found) return console.warn(`skipped: ${driver.found.missing}`);
      const client = keys[driver.name] ?? 'node';
      const wrong = subjects.flatMap(({ choice, refusedBy }, index) => {
        const outcome = outcomes.get(driver.name)?.[index];
        const words = refusedBy[client];
        if (!outcome) return [`${choice}: nothing was told`];
        if (outcome.opened !== (words === null)) return [`${choice}: ${outcome.opened ? 'opened' : `refused: ${outcome.error}`}`];
        // The recipes state codes for Node, and test/authority/served.test.ts tries them; undici has no words.
        const worded = words !== null && driver.name !== 'undici' && !(client === 'node' && choice.startsWith('bad-cert:'));
        return worded && !says(client, outcome, words) ? [`${choice}: not "${words}" but "${outcome.error}"`] : [];
      });
      expect(wrong).toEqual([]);
    },
  );
});

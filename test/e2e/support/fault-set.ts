import { readFileSync } from 'node:fs';
import type { ChromiumBrowser } from '../../support/clients/chromium.js';
import type { Outcome } from '../../support/clients/outcome.js';
import { type ClientName, clients, goodOrigin } from './clients.js';
import { inspect, type Row } from './inspect.js';
import type { Scheme, Servers } from './servers.js';
import { startShakedown } from './shakedown.js';

export interface Ground {
  readonly folder: string;
  readonly servers: Servers;
  /** Path of the CA that signed the servers' certificates. */
  readonly serverCa: string;
  readonly over: readonly Scheme[];
  /** Gives the browser that goes through this proxy, and what to do with it afterwards; null where the machine has none. */
  readonly chromium: ((proxy: string) => Promise<{ readonly browser: ChromiumBrowser; readonly done: () => Promise<void> }>) | null;
}

export interface Seen {
  readonly outcome: Outcome;
  /** Its exchanges on the record; more than one where the client tried again. */
  readonly rows: readonly Row[];
}

/** One shakedown with these faults, every client through it, then its recording: what each client said and what is on the record. */
export const runFaultSet = async (ground: Ground, flags: readonly string[]): Promise<(client: ClientName, scheme: Scheme) => Seen> => {
  const { folder, servers, serverCa, over } = ground;
  const shakedown = await startShakedown(folder, ['--upstream-ca', serverCa, ...flags]);
  const { proxy, recording } = shakedown.ready;
  const ca = readFileSync(shakedown.ready.ca, 'utf8');
  const outcomes = new Map<string, Outcome>();
  const note = async (client: ClientName, scheme: Scheme, outcome: Promise<Outcome>) => {
    outcomes.set(`${client} ${scheme}`, await outcome);
  };
  const drive = async (client: (typeof clients)[number]) => {
    for (const scheme of over) {
      await note(client.name, scheme, client.drive({ url: servers.url(client.name, scheme), proxy, ca, origin: goodOrigin }));
    }
  };
  const browse = async () => {
    if (!ground.chromium) return;
    const { browser, done } = await ground.chromium(proxy);
    for (const scheme of over) await note('Chromium', scheme, browser.attempt({ url: servers.url('Chromium', scheme), proxy }));
    await done();
  };
  await Promise.all([...clients.map(drive), browse()]);
  const { code, stderr } = await shakedown.stop();
  if (code !== 130 || stderr !== '' || recording === null) throw new Error(`shakedown ended with ${code}: ${stderr}`);

  const rows = await inspect(folder, recording);
  return (client, scheme) => {
    const outcome = outcomes.get(`${client} ${scheme}`);
    if (!outcome) throw new Error(`${client} was not driven`);
    const { host } = new URL(servers.url(client, scheme));
    return { outcome, rows: rows.filter(({ url }) => url.includes(`//${host}`)) };
  };
};

import { join } from 'node:path';
import { openChromium, servePage } from '../../support/clients/chromium.js';
import { withCurl } from '../../support/clients/curl.js';
import { allWithFirefox } from '../../support/clients/firefox.js';
import { allWithGorilla } from '../../support/clients/go-gorilla.js';
import { allWithJava } from '../../support/clients/java-http.js';
import { withNpmWs } from '../../support/clients/npm-ws.js';
import type { Attempt, Outcome } from '../../support/clients/outcome.js';
import { allWithPythonWebsockets } from '../../support/clients/python-websockets.js';
import { withUndici } from '../../support/clients/undici.js';
import { type Found, findChromium, findGorilla, findProgram, findPythonWebsockets } from '../../support/find.js';
import { trustInHome } from './nss-trust.js';

/** Where every client goes: one URL a subject, all through this proxy. */
export interface Round {
  readonly urls: readonly string[];
  readonly proxy: string;
  readonly ca: { readonly pem: string; readonly path: string };
  readonly folder: string;
  /** After it a client that is still undecided has not opened, milliseconds. */
  readonly timeoutMs: number;
}

export interface Driver {
  readonly name: string;
  readonly found: Found;
  /** In the order of the URLs. */
  readonly drive: (program: string, round: Round) => Promise<readonly Outcome[]>;
}

/** Runs so many at a time, and keeps the order. */
const someAtOnce = async <T>(most: number, jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> => {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (job) results[at] = await job();
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  return results;
};

const attemptsOf = ({ urls, proxy, ca, timeoutMs }: Round): Attempt[] => urls.map((url) => ({ url, proxy, ca: ca.pem, timeoutMs }));
const each =
  (most: number, drive: (program: string, attempt: Attempt) => Promise<Outcome>) =>
  (program: string, round: Round): Promise<readonly Outcome[]> =>
    someAtOnce(
      most,
      attemptsOf(round).map((attempt) => () => drive(program, attempt)),
    );

const certutil = findProgram('certutil');
const needsCertutil = (found: Found): Found => ('missing' in certutil ? certutil : found);
const here: Found = { path: '' };

const browse = async (program: string, { urls, proxy, ca, folder, timeoutMs }: Round): Promise<readonly Outcome[]> => {
  const home = join(folder, 'home');
  trustInHome('path' in certutil ? certutil.path : '', home, ca.path);
  const page = await servePage();
  const browser = await openChromium(program, page, { home, proxy });
  try {
    return await someAtOnce(
      3,
      urls.map((url) => () => browser.attempt({ url, proxy, timeoutMs })),
    );
  } finally {
    await browser.close();
    page.close();
  }
};

export const drivers: readonly Driver[] = [
  { name: 'npm ws', found: here, drive: each(3, (_, attempt) => withNpmWs(attempt)) },
  { name: 'undici', found: here, drive: each(3, (_, attempt) => withUndici(attempt)) },
  { name: 'curl', found: findProgram('curl'), drive: each(2, withCurl) },
  {
    name: 'Python websockets',
    found: findPythonWebsockets(),
    drive: (program, round) => allWithPythonWebsockets(program, attemptsOf(round)),
  },
  { name: 'Go gorilla', found: findGorilla(), drive: (program, round) => allWithGorilla(program, attemptsOf(round)) },
  {
    name: 'java.net.http',
    found: findProgram('java'),
    drive: (program, { urls, proxy, ca, timeoutMs }) => allWithJava(program, urls, { proxy, ca: ca.pem, timeoutMs }),
  },
  { name: 'Chromium', found: needsCertutil(findChromium()), drive: browse },
  {
    name: 'Firefox',
    found: needsCertutil(findProgram('firefox-esr', 'firefox')),
    drive: (program, { urls, proxy, ca, timeoutMs }) => allWithFirefox(program, urls, { proxy, ca: ca.pem, timeoutMs }),
  },
];

import { homedir } from 'node:os';
import { Problem } from '../../model/problem.js';
import { type BrowserEnd, startBrowser } from './browser-process.js';
import type { Browser } from './find-browser.js';
import type { Machine } from './places.js';
import { prepare } from './prepare.js';
import { makeProfile } from './profile.js';

/** What the browser goes through. */
export interface Through {
  /** `http://127.0.0.1:8101`. */
  readonly proxy: string;
  /** Pin of the key of our sound leaves (Authority.leafSpkiPin). */
  readonly leafPin: string;
  readonly caPath: string;
}

export interface OpenBrowser {
  /** Sentences about what is not as one would expect. */
  readonly notices: readonly string[];
  /** Resolves when the browser has ended and its profile is gone; rejects with a Problem SHK_BROWSER when it did not end as a browser does. */
  readonly ended: Promise<void>;
  /** Ends the browser; resolves when its profile is gone. */
  close(): Promise<void>;
}

/** Opens a browser in a new profile that goes through shakedown and trusts its CA. Throws a Problem SHK_BROWSER. */
export const openBrowser = async (
  browser: Browser,
  { proxy, ...trust }: Through,
  page: { readonly url: string; readonly more: readonly string[] },
): Promise<OpenBrowser> => {
  const { platform, env } = process;
  const machine: Machine = { platform, env, home: homedir() };
  const profile = makeProfile(browser.parent);
  try {
    const start = { proxy, profile: profile.path, ...page };
    const prepared = await prepare(browser, start, { ...trust, root: process.getuid?.() === 0 }, machine);
    const running = startBrowser(browser.path, prepared.args, { env: { ...env, ...prepared.variables }, now: Date.now });
    const atExit = (): void => {
      running.kill();
      profile.removeNow();
    };
    process.once('exit', atExit);
    let asked = false;
    const gone = running.ended.then(async (end) => {
      await profile.remove();
      process.off('exit', atExit);
      return end;
    });
    const ended = gone.then((end) => {
      const trouble = asked ? null : troubleOf(browser, end, platform);
      if (trouble) throw trouble;
    });
    // Whoever closes it may not have looked.
    ended.catch(() => {});
    const close = async (): Promise<void> => {
      asked = true;
      await running.end();
      await gone;
    };
    const first = `${browser.title} opens in a profile of its own, which goes when it is closed.`;
    return { notices: [first, ...prepared.notices], ended, close };
  } catch (error) {
    await profile.remove();
    throw error;
  }
};

/** A browser that ends by itself within this time with an error has not been used. */
const earlyMs = 10_000;

/** Logging out, a closed terminal, `kill`: somebody wanted it to end. */
const wanted = new Set<NodeJS.Signals | null>(['SIGTERM', 'SIGINT', 'SIGHUP']);

const troubleOf = ({ title, path }: Browser, end: BrowserEnd, platform: NodeJS.Platform): Problem | null => {
  if (end.failure !== null)
    return new Problem('SHK_BROWSER', `${title} (${path}) could not be started: ${end.failure}.`, 'Is it a program that you may run?');
  if (end.code === 0 || wanted.has(end.signal)) return null;
  const how = end.code === null ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  const when = end.aliveMs < earlyMs ? ' right after its start' : '';
  const said = lastLines(end.log.trim());
  const advice =
    platform === 'linux' && /display/i.test(said)
      ? 'Where there is no display, add `-- --headless`.'
      : 'Start it by hand to see whether it works without shakedown.';
  return new Problem('SHK_BROWSER', `${title} ${how}${when}.${said === '' ? '' : ` The end of what it said:\n${said}`}`, advice);
};

const lastLines = (text: string): string => text.split('\n').slice(-8).join('\n');

import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../model/problem.js';
import { type BrowserEnd, startBrowser } from './browser-process.js';
import { chromiumArguments, type Start } from './chromium-arguments.js';
import type { Browser } from './find-browser.js';
import { userJs } from './firefox-prefs.js';
import { trustInProfile } from './firefox-trust.js';
import { makeProfile } from './profile.js';
import { surroundings } from './surroundings.js';

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

/** A browser that ends by itself within this time with an error has not been used. */
const earlyMs = 10_000;

/** Logging out, a closed terminal, `kill`: somebody wanted it to end. */
const wanted = new Set<NodeJS.Signals | null>(['SIGTERM', 'SIGINT', 'SIGHUP']);

/** Opens a browser in a new profile that goes through shakedown and trusts its CA. Throws a Problem SHK_BROWSER. */
export const openBrowser = async (
  browser: Browser,
  { proxy, leafPin, caPath }: Through,
  page: { readonly url: string; readonly more: readonly string[] },
): Promise<OpenBrowser> => {
  const profile = makeProfile(browser.parent);
  const notices = [`${browser.title} opens in a profile of its own, which goes when it is closed.`];
  const start: Start = { proxy, profile: profile.path, ...page };
  const { env, platform } = process;
  try {
    const args = browser.family === 'firefox' ? await asFirefox(start, caPath, notices) : asChromium(start, leafPin, notices);
    const more = surroundings(profile.path, browser, { platform, env, home: homedir() });
    const running = startBrowser(browser.path, args, { env: { ...env, ...more }, now: Date.now });
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
    return { notices, ended, close };
  } catch (error) {
    await profile.remove();
    throw error;
  }
};

const asChromium = (start: Start, leafPin: string, notices: string[]): readonly string[] => {
  const sandbox = !(process.platform === 'linux' && process.getuid?.() === 0);
  if (!sandbox) notices.push('The browser runs without its sandbox, because shakedown runs as root: open pages that you trust only.');
  return chromiumArguments(start, { leafPin, sandbox });
};

const asFirefox = async ({ proxy, profile, url, more }: Start, caPath: string, notices: string[]): Promise<readonly string[]> => {
  writeFileSync(join(profile, 'user.js'), userJs(proxy));
  const untrusted = await trustInProfile(profile, caPath, process.platform);
  if (untrusted !== null) notices.push(untrusted);
  // On Windows firefox.exe starts another process and leaves, unless it is told to wait.
  const wait = process.platform === 'win32' ? ['-wait-for-browser'] : [];
  return ['-no-remote', ...wait, '-profile', profile, ...more, url];
};

const troubleOf = ({ title, path }: Browser, end: BrowserEnd, platform: NodeJS.Platform): Problem | null => {
  if (end.failure !== null)
    return new Problem('SHK_BROWSER', `${title} (${path}) could not be started: ${end.failure}.`, 'Is it a program that you may run?');
  if (end.code === 0 || wanted.has(end.signal)) return null;
  const how = end.code === null ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  const said = end.log.trim();
  const when = end.aliveMs < earlyMs ? ' right after its start' : '';
  const display =
    platform === 'linux' && /DISPLAY|display/.test(said)
      ? 'There is no display here: add `-- --headless`.'
      : 'Start it by hand to see whether it works without shakedown.';
  return new Problem(
    'SHK_BROWSER',
    `${title} ${how}${when}.${said === '' ? '' : ` The end of what it said:\n${lastLines(said)}`}`,
    display,
  );
};

const lastLines = (text: string): string => text.split('\n').slice(-8).join('\n');

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumArguments, type Start } from './chromium-arguments.js';
import type { Browser } from './find-browser.js';
import { userJs } from './firefox-prefs.js';
import type { Machine } from './places.js';
import { homeOfItsOwn, surroundings, type Variables } from './surroundings.js';
import { trustIn } from './trust.js';

/** What a browser is started with, and what the user should know of it. */
export interface Prepared {
  readonly args: readonly string[];
  /** Variables beside those of our own environment. */
  readonly variables: Variables;
  readonly notices: readonly string[];
}

export interface Trust {
  /** Pin of the key of our sound leaves (Authority.leafSpkiPin). */
  readonly leafPin: string;
  readonly caPath: string;
  /** Whether we run as root. */
  readonly root: boolean;
}

/** Fills the profile, and says how the browser is to be started with it. */
export const prepare = (browser: Browser, start: Start, trust: Trust, machine: Machine): Promise<Prepared> =>
  browser.family === 'firefox' ? asFirefox(browser, start, trust, machine) : asChromium(browser, start, trust, machine);

/** A confined browser (snap, Flatpak) has folders of its own, and other systems know no such variables. */
const isPlainLinux = ({ parent }: Browser, { platform }: Machine): boolean => platform === 'linux' && parent === null;

const asChromium = async (browser: Browser, start: Start, trust: Trust, machine: Machine): Promise<Prepared> => {
  const notices: string[] = [];
  const sandbox = !(machine.platform === 'linux' && trust.root);
  if (!sandbox) notices.push('It runs without its sandbox, because shakedown runs as root: open pages that you trust only.');
  const pinned = { leafPin: trust.leafPin, sandbox };
  if (!isPlainLinux(browser, machine)) return { args: chromiumArguments(start, pinned), variables: {}, notices };
  const outside = surroundings(start.profile, machine);
  const { store, variables } = homeOfItsOwn(start.profile, machine);
  const outcome = await trustIn(store, trust.caPath, machine.platform);
  if (outcome.trusted)
    return { args: chromiumArguments(start, { leafPin: null, sandbox }), variables: { ...outside, ...variables }, notices };
  notices.push(
    `It trusts one key of shakedown's and not its CA, because ${outcome.why}: a bad certificate is refused as ever, but every one as if by an unknown authority.${outcome.remedy}`,
  );
  return { args: chromiumArguments(start, pinned), variables: outside, notices };
};

const asFirefox = async (browser: Browser, start: Start, { caPath }: Trust, machine: Machine): Promise<Prepared> => {
  const { proxy, profile, url, more } = start;
  writeFileSync(join(profile, 'user.js'), userJs(proxy));
  const outcome = await trustIn(profile, caPath, machine.platform);
  const notices = outcome.trusted
    ? []
    : [
        `It does not trust shakedown's CA, because ${outcome.why}: https and wss fail until you trust http://shakedown.test/ca.pem in it.${outcome.remedy}`,
      ];
  // On Windows firefox.exe starts another process and leaves, unless it is told to wait.
  const wait = machine.platform === 'win32' ? ['-wait-for-browser'] : [];
  return {
    args: ['-no-remote', ...wait, '-profile', profile, ...more, url],
    variables: {
      // Firefox takes another address for its maker's settings (firefox-prefs.ts) only where this is set.
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
      MOZ_CRASHREPORTER_DISABLE: '1',
      ...(isPlainLinux(browser, machine) && surroundings(profile, machine)),
    },
    notices,
  };
};

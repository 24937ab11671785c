import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { type Browser, findBrowser } from '../../launch/browser/find-browser.js';
import { noiseOf } from '../../launch/browser/noise.js';
import { openBrowser } from '../../launch/browser/open-browser.js';
import { type CourseFlags, courseFlags, type Invite, runCourse } from '../course.js';
import { type EngineFlags, engineFlags, engineOptions, withoutPassword } from '../engine-flags.js';
import { asked, moreArguments } from '../open-words.js';

interface OpenFlags extends EngineFlags, CourseFlags {
  readonly _: readonly (string | number)[];
  readonly browser?: string | undefined;
  readonly url?: string | undefined;
  readonly browserPath?: string | undefined;
  readonly showNoise?: boolean | undefined;
}

export const open: CommandModule<object, OpenFlags> = {
  command: 'open [browser] [url]',
  describe: 'the proxy and a browser in a throw-away profile that uses it and trusts its CA',
  builder: (args) =>
    courseFlags(engineFlags(args))
      .positional('browser', { type: 'string', describe: 'chrome, chromium, edge or firefox (default: the first one found)' })
      .positional('url', { type: 'string', describe: "the page to open (default: shakedown's own)" })
      .option('browser-path', { type: 'string', requiresArg: true, describe: 'the program, where it is not found by itself' })
      .option('show-noise', { type: 'boolean', default: false, describe: "show the browser's own requests to its maker, too" })
      .example('$0 open', 'the first browser found')
      .example('$0 open firefox https://localhost:3000/', 'loopback goes through the proxy as well')
      .example('$0 open chrome http://localhost:3000/ -- --headless', 'what stands behind -- goes to the browser'),
  handler: async (flags) => {
    process.exitCode = await run(flags);
  },
};

const run = async (flags: OpenFlags): Promise<number> => {
  const { name, url } = asked([flags.browser, flags.url].filter((word) => word !== undefined));
  const more = moreArguments(flags._.slice(1).map(String));
  const machine = { platform: process.platform, env: process.env, home: homedir() };
  const path = flags.browserPath === undefined ? null : resolve(flags.browserPath);
  const browser = findBrowser({ name, path }, machine, isProgram);
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const options = { ...withoutPassword(engineOptions(flags)), hiding: { hosts: flags.showNoise ? [] : noiseOf(browser.name, { host }) } };
  return runCourse(options, flags, inviteBrowser(browser, { url, more }));
};

const inviteBrowser =
  (browser: Browser, page: { readonly url: string; readonly more: readonly string[] }): Invite =>
  ({ info }) =>
    openBrowser(browser, { proxy: info.proxy ?? '', leafPin: info.leafPin ?? '', caPath: info.ca ?? '' }, page);

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

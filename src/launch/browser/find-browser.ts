import { basename } from 'node:path';
import { Problem } from '../../model/problem.js';
import { type BrowserName, browserNames, type Family, type Machine, type Place, placesOf, products } from './places.js';

/** A browser on this machine. */
export interface Browser {
  readonly name: BrowserName;
  /** `Chromium`, for sentences. */
  readonly title: string;
  readonly family: Family;
  readonly path: string;
  /** Where its profile must lie; null is the system's temp folder. */
  readonly parent: string | null;
}

export interface Wanted {
  /** Null takes the first one that is there. */
  readonly name: BrowserName | null;
  /** The program itself, when the user says where it is. */
  readonly path: string | null;
}

/** `chrome` is also answered by Chromium: what it does with a WebSocket is the same. */
const alternatives: Readonly<Record<BrowserName, readonly BrowserName[]>> = {
  chrome: ['chrome', 'chromium'],
  chromium: ['chromium'],
  edge: ['edge'],
  firefox: ['firefox'],
};

const browserAt = (name: BrowserName, { path, parent }: Place): Browser => {
  const { title, family } = products[name];
  return { name, title, family, path, parent };
};

/** Whose arguments a program takes, by its file's name. */
const nameOfFile = (path: string): BrowserName => {
  const file = basename(path.replaceAll('\\', '/')).toLowerCase();
  if (/firefox|librewolf|waterfox/.test(file)) return 'firefox';
  if (/edge/.test(file)) return 'edge';
  return /chromium/.test(file) ? 'chromium' : 'chrome';
};

/** The browser to open. Throws a Problem SHK_BROWSER that says where it was looked for and what to install. */
export const findBrowser = ({ name, path }: Wanted, machine: Machine, exists: (path: string) => boolean): Browser => {
  if (path !== null) {
    if (exists(path)) return browserAt(name ?? nameOfFile(path), { path, parent: null });
    throw new Problem('SHK_BROWSER', `There is no program at ${path}.`, 'Give --browser-path the path of the browser itself.');
  }
  const names = name === null ? browserNames : alternatives[name];
  for (const candidate of names) {
    const place = placesOf(candidate, machine).find((one) => exists(one.path));
    if (place) return browserAt(candidate, place);
  }
  const titles = names.map((one) => products[one].title);
  throw new Problem(
    'SHK_BROWSER',
    `${titles.length > 1 ? `${list(titles, 'nor')} was` : `${titles[0] ?? ''} was not`} found. Looked at ${looked(names, machine)}.`,
    `Install ${list(
      names.map((one) => products[one].install),
      'or',
    )}; or say where it is with --browser-path FILE.`,
  );
};

const list = (words: readonly string[], last: 'nor' | 'or'): string => {
  if (words.length < 2) return words.join('');
  return `${last === 'nor' ? 'Neither ' : ''}${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
};

/** Every place would be a page: on Linux the names on PATH stand for all of its folders. */
const looked = (names: readonly BrowserName[], machine: Machine): string => {
  const places = names.flatMap((name) => placesOf(name, machine).map(({ path }) => path));
  if (machine.platform === 'win32' || machine.platform === 'darwin') return places.join(', ');
  const commands = names.flatMap((name) => products[name].commands);
  const elsewhere = places.filter((path) => !commands.includes(basename(path)) || path.startsWith('/snap/') || path.startsWith('/opt/'));
  return `${commands.join(', ')} in the folders of PATH, /usr/bin and /usr/local/bin, and at ${elsewhere.join(', ')}`;
};

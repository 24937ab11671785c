import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './places.js';

export type Variables = Readonly<Record<string, string>>;

/** What of the user's settings decides how programs look and where downloads go. */
const shared = ['dconf', 'fontconfig', 'gtk-3.0', 'gtk-4.0', 'kdeglobals', 'user-dirs.dirs'];

/** Chromium puts a Unix socket (107 bytes of path) up to 45 characters below its temp folder. */
const longestTemp = 60;

const configOf = ({ env, home }: Machine): string => env.XDG_CONFIG_HOME || join(home, '.config');

/** Linux: variables that lead what a browser writes beside its profile (crash reports, caches, sockets) into the profile, so that it goes with it. */
export const surroundings = (profile: string, machine: Machine): Variables => {
  const config = join(profile, 'xdg-config');
  const temp = join(profile, 'tmp');
  for (const folder of [config, temp]) mkdirSync(folder, { mode: 0o700 });
  for (const name of shared) {
    const own = join(configOf(machine), name);
    if (existsSync(own)) symlinkSync(own, join(config, name));
  }
  return {
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(profile, 'xdg-cache'),
    BREAKPAD_DUMP_LOCATION: join(profile, 'crashes'),
    ...(temp.length <= longestTemp && { TMPDIR: temp }),
  };
};

/**
 * Linux: Chromium reads the CAs to trust from its home folder alone, so it gets one of its own. What it would miss of the user's is named: fonts,
 * the key to the display, and where downloads and file dialogs begin.
 */
export const homeOfItsOwn = (profile: string, machine: Machine): { readonly store: string; readonly variables: Variables } => {
  const { env, home } = machine;
  const own = join(profile, 'home');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = {
    download: { default_directory: downloadsOf(machine) },
    savefile: { default_directory: home },
    selectfile: { last_directory: home },
  };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return {
    store: join(own, '.pki', 'nssdb'),
    variables: {
      HOME: own,
      XDG_DATA_HOME: env.XDG_DATA_HOME || join(home, '.local', 'share'),
      XAUTHORITY: env.XAUTHORITY || join(home, '.Xauthority'),
    },
  };
};

/** As the freedesktop.org user directories say, whose lines look like `XDG_DOWNLOAD_DIR="$HOME/Téléchargements"`. */
const downloadsOf = (machine: Machine): string => {
  const { home } = machine;
  try {
    const text = readFileSync(join(configOf(machine), 'user-dirs.dirs'), 'utf8');
    const named = /^XDG_DOWNLOAD_DIR="([^"]+)"/m.exec(text)?.[1];
    if (named !== undefined) return named.replace(/^\$HOME(?=\/|$)/, home);
  } catch {
    // Most machines without a desktop have no such file.
  }
  return join(home, 'Downloads');
};

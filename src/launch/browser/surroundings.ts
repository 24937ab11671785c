import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from './find-browser.js';
import type { Machine } from './places.js';

/** What of the user's settings decides how programs look and where downloads go. */
const shared = ['dconf', 'fontconfig', 'gtk-3.0', 'gtk-4.0', 'kdeglobals', 'user-dirs.dirs'];

/** Chromium puts a Unix socket (107 bytes of path) up to 45 characters below its temp folder. */
const longestTemp = 60;

/**
 * Variables that lead what a browser writes beside its profile (crash reports, caches, sockets) into the profile, so that it goes with it. HOME stays:
 * the user's downloads and files are there. A confined browser (snap, Flatpak) has folders of its own, and other systems other variables.
 */
export const surroundings = (
  profile: string,
  { parent, family }: Browser,
  { platform, env, home }: Machine,
): Readonly<Record<string, string>> => {
  // Firefox takes another address for its maker's settings (see firefox-prefs.ts) only where this is set.
  const always = family === 'firefox' ? { MOZ_REMOTE_SETTINGS_DEVTOOLS: '1', MOZ_CRASHREPORTER_DISABLE: '1' } : {};
  if (platform !== 'linux' || parent !== null) return always;
  const config = join(profile, 'xdg-config');
  const temp = join(profile, 'tmp');
  for (const folder of [config, temp]) mkdirSync(folder, { mode: 0o700 });
  const own = env.XDG_CONFIG_HOME || join(home, '.config');
  for (const name of shared) if (existsSync(join(own, name))) symlinkSync(join(own, name), join(config, name));
  return {
    ...always,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(profile, 'xdg-cache'),
    BREAKPAD_DUMP_LOCATION: join(profile, 'crashes'),
    ...(temp.length <= longestTemp && { TMPDIR: temp }),
  };
};

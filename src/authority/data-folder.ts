import { posix, win32 } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/**
 * The folder in which shakedown keeps what belongs to the user: the authority in `ca`, recordings in `recordings`.
 * By the XDG Base Directory Specification, which says that a relative path in a variable must be ignored, and by the customs of macOS and Windows.
 */
export const dataFolder = ({ platform, env, home }: Surroundings): string => {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA;
    return win32.join(local && win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local'), 'shakedown');
  }
  const xdg = env.XDG_DATA_HOME;
  if (xdg && posix.isAbsolute(xdg)) return posix.join(xdg, 'shakedown');
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support', 'shakedown')
    : posix.join(home, '.local', 'share', 'shakedown');
};

import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../src/authority/data-folder.js';

describe("the user's data folder", () => {
  it.each([
    ['linux', {}, '/srv/me', '/srv/me/.local/share/shakedown'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/srv/me', '/data/shakedown'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/srv/me', '/srv/me/.local/share/shakedown'],
    ['linux', { XDG_DATA_HOME: '' }, '/srv/me', '/srv/me/.local/share/shakedown'],
    ['darwin', {}, '/Users/me', '/Users/me/Library/Application Support/shakedown'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/me', '/data/shakedown'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Local\\shakedown'],
    ['win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Local\\shakedown'],
  ] as const)('on %s with %j and home %s is %s', (platform, env, home, folder) => {
    expect(dataFolder({ platform, env, home })).toBe(folder);
  });
});

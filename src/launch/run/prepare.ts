import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandEnvironment, type Environment } from './environment.js';
import { preloadFile } from './preload-file.js';
import { writeTrustFiles } from './trust-files.js';

export interface Prepared {
  readonly env: Environment;
  /** Where the preload writes what it left alone. */
  readonly notes: string;
  /** Removes every file that was made. */
  remove(): void;
}

/** Makes the files that a launched command is pointed at, in a folder that only this user may enter, and its environment. */
export const prepare = (
  inherited: Environment,
  facts: { readonly proxy: string; readonly ca: string; readonly caPem: string; readonly nowMs: number },
): Prepared => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-run-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Also when an error ends the process.
  process.once('exit', remove);
  const notes = join(folder, 'notes.jsonl');
  const { proxy, ca, caPem, nowMs } = facts;
  const files = writeTrustFiles(folder, { caPem, env: inherited, nowMs });
  return { env: commandEnvironment(inherited, { proxy, ca, notes, preload: preloadFile(), ...files }), notes, remove };
};

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Paths and contents of a tree that exists only for one run of a check. */
export type Tree = Readonly<Record<string, string>>;

export interface Verdict {
  readonly code: number | null;
  /** One offence a line: `file:line: sentence`. */
  readonly offences: readonly string[];
  readonly said: string;
}

/** Writes the tree to a temporary folder, runs `scripts/NAME.mjs --root` on it, and removes it. */
export const checkTree = async (name: 'check-layers' | 'check-house', tree: Tree): Promise<Verdict> => {
  const root = mkdtempSync(join(tmpdir(), 'shakedown-house-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await runCheck(name, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const runCheck = (name: string, root: string): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, '../../scripts', `${name}.mjs`);
    const child = spawn(process.execPath, [script, '--root', root], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let offences = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      offences += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said: said.trim(), offences: offences.split('\n').filter((line) => line !== '') }));
  });

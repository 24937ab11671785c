import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const left = new Set(['.git', 'node_modules', 'dist', 'coverage']);

const walk = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (left.has(entry.name)) return [];
    return entry.isDirectory() ? walk(root, path) : [path];
  });

/** Paths, relative with forward slashes, of what git tracks or would add; of everything there when the folder is no repository. */
export const projectFiles = (root) => {
  if (!existsSync(join(root, '.git'))) return walk(root, '').sort();
  const listed = execFileSync('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
};

export const readText = (root, path) => readFileSync(join(root, path), 'utf8');

/** The folder after `--root`, or the checkout that holds these scripts. */
export const rootFrom = (argv) => {
  const at = argv.indexOf('--root');
  return resolve(at === -1 ? join(import.meta.dirname, '../..') : (argv[at + 1] ?? '.'));
};

/** Prints each offence and returns the exit code. */
export const report = (offences, good) => {
  for (const { file, line, text } of offences) console.error(`${file}:${line}: ${text}`);
  console.log(offences.length === 0 ? good : `${offences.length} offence${offences.length === 1 ? '' : 's'}.`);
  return offences.length === 0 ? 0 : 1;
};

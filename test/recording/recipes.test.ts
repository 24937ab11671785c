import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recipes } from '../../scripts/generate/recipes.mjs';
import { findProgram } from '../support/find.js';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const programs = { bash: findProgram('bash'), jq: findProgram('jq'), openssl: findProgram('openssl') };
const ready = Object.values(programs).every((found) => 'path' in found);

describe('the recipes of docs/recording-format.md', () => {
  it.skipIf(!ready).each(recipes)('print what they are said to print: $about', ({ command, prints }) => {
    const words = command.replaceAll('FILE', '"$FILE"');
    const script = `shakedown() { "$NODE" "$PROGRAM" "$@"; }; set -o pipefail; ${words}`;
    const env = { ...process.env, NODE: process.execPath, PROGRAM: path('dist/cli/main.js'), FILE: path('test/recordings/v1.jsonl') };
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { env: { ...env, LC_ALL: 'C.UTF-8' }, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: prints, stderr: '' });
  });
});

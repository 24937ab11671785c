import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../support/find.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(new URL('../../docs/guides/testing.md', import.meta.url), 'utf8');

/** Runs a test runner as a user would; gives its exit code and all that it said. */
const runner = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const { VITEST: _, NODE_OPTIONS: __, ...own } = process.env;
    const child = spawn(process.execPath, args, { cwd: root, env: { ...own, ...env, NO_COLOR: '1' }, timeout: 90_000 });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.once('close', (code) => resolve({ code, said }));
  });

const chromium = findProgram('chromium');
const recipes = {
  Vitest: { file: 'vitest.test.mjs', args: ['node_modules/vitest/vitest.mjs', 'run', '--root', 'test/recipes'], env: {} },
  Jest: {
    file: 'jest.test.mjs',
    args: ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'test/recipes/jest.config.mjs'],
    env: {},
  },
  Playwright: {
    file: 'playwright.spec.mjs',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/recipes/playwright.config.mjs'],
    env: { CHROMIUM: 'path' in chromium ? chromium.path : '' },
  },
};

describe.each(Object.entries(recipes))('the recipe for %s', (name, { file, args, env }) => {
  it.skipIf(name === 'Playwright' && 'missing' in chromium)(
    'passes',
    async () => {
      const { code, said } = await runner(args, env);
      expect(said).toMatch(/1 passed/);
      expect(code).toBe(0);
    },
    100_000,
  );

  it('stands in the guide as it was run', () => {
    expect(guide).toContain(readFileSync(new URL(`../recipes/${file}`, import.meta.url), 'utf8'));
  });
});

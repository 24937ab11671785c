import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file))
  .map((file) => join('test', file).replaceAll('\\', '/'));
/**
 * Who puts a module in the place of another, or says `// alone: WHY`, gets modules of its own; for all others they are loaded once a process,
 * which saves minutes.
 */
const alone = files.filter((file) => /\bvi\s*\.\s*(mock|doMock|hoisted)\b|^\/\/ alone: \S/m.test(readFileSync(file, 'utf8')));

/** How long an event may be waited for; nothing that passes takes longer for it. */
const patienceMs = 20_000;
const common = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: patienceMs } },
  setupFiles: ['test/support/leave-clean.ts'],
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'shared', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: alone, isolate: false } },
      { test: { ...common, name: 'alone', include: alone } },
    ],
  },
});

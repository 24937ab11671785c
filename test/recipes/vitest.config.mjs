import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['vitest.test.mjs'],
    // In a user's project the package lies in node_modules, which Vitest leaves as it is.
    server: { deps: { external: [/\/dist\//] } },
  },
});

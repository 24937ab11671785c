import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: 'playwright.spec.mjs',
  reporter: 'line',
  // In a user's project the package lies in node_modules, which Playwright leaves as it is.
  build: { external: ['**/dist/**'] },
  use: {
    launchOptions: {
      // A browser of the system, where Playwright's own is not installed.
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] } : {}),
    },
  },
});

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: 'playwright.spec.mjs',
  reporter: 'line',
  use: {
    launchOptions: {
      // A browser of the system, where Playwright's own is not installed.
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] } : {}),
    },
  },
});

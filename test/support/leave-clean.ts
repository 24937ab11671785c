import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

// Where a submission is judged, the same examples each time; everywhere else new ones, and a failure prints the seed that makes it again.
if (process.env.CI) fc.configureGlobal({ seed: 6455 });

// Test files share their process: what one has put in the place of something must not stand in another's way.
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

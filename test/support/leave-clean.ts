import { afterAll, vi } from 'vitest';

// Test files share their process: what one has put in the place of something must not stand in another's way.
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

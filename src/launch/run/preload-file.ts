import { fileURLToPath } from 'node:url';

/** Path of the compiled preload: beside this file in dist. Run from source (tests), it is in dist too. */
export const preloadFile = (here: string = import.meta.url): string =>
  fileURLToPath(new URL(here.endsWith('.ts') ? '../../../dist/launch/run/preload.cjs' : './preload.cjs', here));

import { createServer } from 'node:net';

/** Systems draw ports from 32768 (Linux) or 49152 (RFC 6335 section 6) on for whoever binds to 0 or connects. */
const [lowest, places] = [10_000, 20_000];
/** Processes that run side by side have numbers side by side: each begins far from the other. */
let next = (process.pid * 7919) % places;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

/**
 * A port of 127.0.0.1 for a program that cannot be asked which one it took, or for nobody at all. One that the system drew would be drawn again, by any
 * socket of any process, before the program listens on it; these are given to nobody who does not name them, and to each caller once.
 */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < places; tried++) {
    next = (next + 1) % places;
    // Its own: others ask while this one waits.
    const port = lowest + next;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${lowest} to ${lowest + places} is free`);
};

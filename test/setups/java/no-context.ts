import type { Setup } from '../setup.js';
import { jdkServer, startJava } from './support.js';

export const setup: Setup = {
  id: 'java-no-context',
  title: "the JDK's HttpServer without a context for the path: 404",
  needs: ['java', 'javac'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startJava(grounds, jdkServer('/api', 'exchange.sendResponseHeaders(204, -1);'))}/ws`,
  }),
};

import type { Setup } from '../setup.js';
import { jdkServer, startJava } from './support.js';

export const setup: Setup = {
  id: 'java-plain',
  title: "the JDK's HttpServer, which cannot be upgraded, with an ordinary handler: 200",
  needs: ['java', 'javac'],
  cause: 'server',
  codes: ['server.status-200', 'server.no-upgrade-handler'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startJava(
      grounds,
      jdkServer(
        '/',
        'byte[] body = "hello".getBytes(); exchange.sendResponseHeaders(200, body.length); exchange.getResponseBody().write(body);',
      ),
    )}/ws`,
  }),
};

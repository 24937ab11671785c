import type { Scene } from '../support/scene.js';

/** By id of the fault: where it does not show itself in the usual scene. */
export const request: Readonly<Record<string, Scene>> = {
  'change-subprotocol': { client: { protocols: ['chat'] }, server: { protocols: ['chat'] } },
  'lose-cookie': { client: { headers: { Cookie: 'session=1; AWSALB=2' } }, server: { cookie: 'session' } },
  'lose-extensions': { client: { deflate: true }, server: { deflate: true } },
  'remove-field': { client: { headers: { 'User-Agent': 'app/1' } } },
  'rewrite-host': { server: { hosts: ['localhost'] } },
  'rewrite-path': { server: { answers: { '/nowhere': 404 } } },
  // server.slow asks for five seconds of waiting.
  'slow-request': { choice: 'slow-request:ms=0', patienceMs: 4000 },
  'set-field': { client: { headers: { 'User-Agent': 'app/1' } } },
};

import type { Scene } from '../support/scene.js';

/** By id of the fault: where it does not show itself in the usual scene. */
export const serverLeg: Readonly<Record<string, Scene>> = {
  'wrong-sni': { byName: true },
  'tls-to-plain': { secure: false },
  'no-client-certificate': { mutual: true },
  'wrong-client-certificate': { mutual: true },
  // Through a tunnel npm ws leaves its connection to the proxy open when it gives up.
  'black-hole': { way: 'reverse' },
  'no-sticky': {
    choice: ({ elsewhere }) => `no-sticky:places=localhost:${elsewhere} localhost:${elsewhere}`,
    elsewhere: { status: 400, body: '{"code":1,"message":"Session ID unknown"}' },
  },
  'drop-balancer-cookie': {
    client: { headers: { Cookie: 'sid=1; AWSALB=a; theme=dark' } },
    // The server at hand has no balancer in front of it.
    expects: [],
  },
};

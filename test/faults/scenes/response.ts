import type { Scene } from '../support/scene.js';

const plain = { secure: false, way: 'reverse' } as const satisfies Scene;

/** By id of the fault: where it does not show itself in the usual scene. */
export const response: Readonly<Record<string, Scene>> = {
  'cut-open': { expects: ['server.close-after-101'] },
  'dribble-answer': { choice: 'dribble-answer:bytes=40,ms=20', expects: [] },
  'header-limit': { client: { headers: { Cookie: `old=${'x'.repeat(9000)}` } } },
  'hold-101': { choice: 'hold-101:ms=2100', patienceMs: 2000 },
  'plain-to-tls': plain,
  'redirect-https': { ...plain, way: 'tunnel' },
  'stall-answer': { choice: 'stall-answer:ms=2100', patienceMs: 2000 },
};

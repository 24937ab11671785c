import type { Scene } from '../support/scene.js';

const plain = { secure: false, way: 'reverse' } as const satisfies Scene;

/** By id of the fault: where it does not show itself in the usual scene. */
export const response: Readonly<Record<string, Scene>> = {
  'cut-open': { expects: ['server.close-after-101'] },
  'dribble-answer': { choice: 'dribble-answer:bytes=40,ms=20', expects: [] },
  'hold-101': { patienceMs: 3000 },
  'tls-port-answer': plain,
  'redirect-https': { ...plain, way: 'tunnel' },
  'stall-answer': { patienceMs: 3000 },
};

import type { Scene } from '../support/scene.js';

/** By id of the fault: where it does not show itself in the usual scene. */
export const answerHeads: Readonly<Record<string, Scene>> = {
  'wrong-subprotocol': { client: { protocols: ['chat'] }, server: { protocols: ['chat'] } },
};

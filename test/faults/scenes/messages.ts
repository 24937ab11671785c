import type { Scene } from '../support/scene.js';

/** By id of the fault: where it does not show itself in the usual scene. */
export const messages: Readonly<Record<string, Scene>> = {
  'replace-json': { messages: ['{"price": 12, "name": "tea"}', '{"price": null}', 'no JSON'] },
};

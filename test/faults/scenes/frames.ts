import type { Scene } from '../support/scene.js';

const compressed = { server: { deflate: true }, client: { deflate: true } };
/** A client that says nothing and stays, and a server that pings it. */
const pinged: Scene = { server: { heartbeatMs: 250 }, messages: [], patienceMs: 2500 };

/** By id of the fault: where it does not show itself in the usual scene. */
export const frames: Readonly<Record<string, Scene>> = {
  'split-character': { messages: ['größer', '日本'] },
  'corrupt-deflate': compressed,
  // ws inflates 100 MiB before it says no.
  'deflate-bomb': { ...compressed, patienceMs: 15_000, settleMs: 15_000 },
  'swallow-ping': pinged,
  'swallow-pong': pinged,
};

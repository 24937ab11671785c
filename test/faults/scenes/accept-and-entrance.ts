import type { Scene } from '../support/scene.js';

const socks = { way: 'socks5' } as const;

/** By id of the fault: where it does not show itself in the usual scene. */
export const acceptAndEntrance: Readonly<Record<string, Scene>> = {
  'socks-no-method': socks,
  'socks-reply': socks,
  'socks-garbage': socks,
  'socks-cut': socks,
  'socks-stall': socks,
};

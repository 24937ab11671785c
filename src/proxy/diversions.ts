import type { Ground } from '../faults/apply.js';
import { type Head, isHttp2, opens } from '../model/head.js';
import type { Target } from '../model/target.js';
import { agreesOnDeflate } from '../wire/extensions.js';
import { createDiversion } from './create-diversion.js';
import type { Crossing, Diversion, Pulse } from './diversion.js';
import type { River } from './river.js';
import type { Tap } from './tap.js';

/** Both directions of one exchange, by whose bytes they carry. */
export interface Diversions {
  readonly client: Diversion;
  readonly server: Diversion;
}

/** Where the faults of directions work on an exchange. */
export const diversionsOf = (river: River, tap: Tap, target: Target): Diversions => {
  const pulse: Pulse = { lastByteMs: river.clock.now(), silent: new Set() };
  const one = (from: 'client' | 'server'): Diversion => createDiversion(river, { from, tap, target, pulse });
  return { client: one('client'), server: one('server') };
};

/** What crosses behind this answer, as faults ask for it; null: a tunnel. */
export const crossingOf = (target: Target, answer: Head | null): Crossing => ({
  grounds: groundsOf(target, answer),
  frames: answer && opens(answer) ? { deflate: agreesOnDeflate(answer) } : null,
});

/** What faults may ask of an exchange. */
export const groundsOf = (target: Target, head: Head | null): readonly Ground[] => [
  head && isHttp2(head) ? 'h2' : 'http/1.1',
  ...(target.scheme === 'wss' || target.scheme === 'https' ? (['tls'] as const) : []),
];

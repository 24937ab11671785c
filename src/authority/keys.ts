import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyKind } from './recipe.js';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** A fresh P-256 pair; 0.04 ms, so it may be made on the spot. */
export const ecPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** RSA-2048 takes 125 ms and more: in the thread pool, never on the event loop. */
const newPair = (kind: KeyKind): Promise<KeyPair> =>
  kind === 'ec-p256' ? Promise.resolve(ecPair()) : generate('rsa', { modulusLength: kind === 'rsa-1024' ? 1024 : 2048 });

/** Keys of one run, each made once, at first use, and shared by every certificate that asks for the same slot. */
export const createKeys = (): ((slot: string, kind: KeyKind) => Promise<KeyPair>) => {
  const made = new Map<string, Promise<KeyPair>>();
  return (slot, kind) => {
    const name = `${slot} ${kind}`;
    const known = made.get(name);
    if (known) return known;
    const pair = newPair(kind);
    made.set(name, pair);
    return pair;
  };
};

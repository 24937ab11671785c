import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAnchored } from '../../src/authority/anchor.js';
import type { Authority, Leaf } from '../../src/authority/authority.js';
import { planMirror } from '../../src/authority/mirror.js';
import { stapleFacts } from '../../src/authority/staple-facts.js';
import type { RevocationReason } from '../../src/model/certificate-twist.js';
import { clock, host, newAuthority, temporaryFolder } from './support.js';

let authority: Authority;
const folders: string[] = [];
beforeAll(async () => {
  const { path } = await temporaryFolder();
  folders.push(path);
  authority = await newAuthority(join(path, 'ca'));
});
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

const revokedLeaf = (revoked: RevocationReason): Promise<Leaf> => authority.leaf({ host, recipe: 'intermediate', twist: { revoked } });
const stapleOf = ({ staple }: Leaf): Buffer => {
  if (!staple) throw new Error('nothing is stapled');
  return staple;
};

describe('an OCSP answer that is stapled to a certificate', () => {
  it('tells since when and why the certificate is revoked, and that its issuer signed it', async () => {
    const leaf = await revokedLeaf('superseded');
    const { staple, ocsp } = stapleFacts(stapleOf(leaf), leaf.chain);
    expect(staple).toBe('revoked');
    expect(ocsp).toMatchObject({ reason: 'superseded', verified: true });
    expect(Math.round((clock.now() - Date.parse(ocsp?.revokedAt ?? '')) / 86_400_000)).toBe(1);
    expect(Date.parse(ocsp?.nextUpdate ?? '')).toBeGreaterThan(clock.now());
  });

  it('is none of that where it speaks of another certificate', async () => {
    const [one, other] = [await revokedLeaf('unspecified'), await authority.leaf({ host, recipe: 'intermediate' })];
    expect(stapleFacts(stapleOf(one), other.chain)).toEqual({ staple: 'other' });
  });

  it('is not verified where one bit of it has turned, and nobody can say where the issuer was not sent', async () => {
    const leaf = await revokedLeaf('keyCompromise');
    const turned = Buffer.from(stapleOf(leaf));
    // The reason, the last ENUMERATED of one byte.
    const at = turned.lastIndexOf(Buffer.from('0a0101', 'hex')) + 2;
    turned[at] = 4;
    expect(stapleFacts(turned, leaf.chain)).toMatchObject({ staple: 'revoked', ocsp: { reason: 'superseded', verified: false } });
    expect(stapleFacts(stapleOf(leaf), leaf.chain.slice(0, 1))).toMatchObject({ staple: 'revoked', ocsp: { verified: null } });
  });

  it.each([
    ['tryLater', '30030a0103', 'refused'],
    ['a text', '6e6f20616e73776572', 'unreadable'],
    ['an answer without an answer', '30030a0100', 'unreadable'],
    ['nothing', '', 'none'],
  ])('%s', async (_, bytes, staple) => {
    expect(stapleFacts(Buffer.from(bytes, 'hex'), (await revokedLeaf('unspecified')).chain)).toEqual({ staple });
  });

  it('never throws, whatever it holds', async () => {
    const leaf = await revokedLeaf('unspecified');
    const whole = stapleOf(leaf);
    for (const end of whole.keys()) expect(stapleFacts(whole.subarray(0, end), leaf.chain).staple).toBe(end === 0 ? 'none' : 'unreadable');
    const damaged = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
      const copy = Buffer.from(whole);
      copy[at] = byte;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => stapleFacts(bytes, leaf.chain).staple !== undefined),
    );
  });

  it('that says revoked is mirrored: the leaf of ours comes with one that says the same', async () => {
    const server = await revokedLeaf('cessationOfOperation');
    const told = stapleFacts(stapleOf(server), server.chain);
    const facts = { chain: server.chain, error: null, host, now: clock.now(), anchored: isAnchored(server.chain, [authority.caPem]) };
    const plan = planMirror({ ...facts, ...told });
    expect(plan.defects).toEqual(['revoked']);
    if (!plan.possible) throw new Error(plan.why);
    const shown = await authority.mirrorLeaf({ host, mirror: plan });
    expect(stapleFacts(stapleOf(shown), shown.chain)).toMatchObject({
      staple: 'revoked',
      ocsp: { reason: 'cessationOfOperation', verified: true },
    });
    const unsigned = told.ocsp && { ...told.ocsp, verified: false };
    expect(planMirror({ ...facts, ...told, ocsp: unsigned }).defects).toEqual([]);
    const old = told.ocsp && { ...told.ocsp, nextUpdate: '2020-01-01T00:00:00.000Z' };
    expect(planMirror({ ...facts, ...told, ocsp: old }).defects).toEqual([]);
  });

  it('is missed where the certificate demands one, and only there', async () => {
    const demanding = await authority.leaf({ host, recipe: 'must-staple' });
    expect(demanding.chain[0]?.mustStaple).toBe(true);
    const plan = planMirror({ chain: demanding.chain, error: null, host, now: clock.now(), staple: 'none' });
    expect(plan.defects).toEqual(['stapling']);
    if (!plan.possible) throw new Error(plan.why);
    expect((await authority.mirrorLeaf({ host, mirror: plan })).chain[0]?.mustStaple).toBe(true);
    // Nobody asked.
    expect(planMirror({ chain: demanding.chain, error: null, host, now: clock.now() }).defects).toEqual([]);
    const sound = await authority.leaf({ host, recipe: 'good' });
    expect(planMirror({ chain: sound.chain, error: null, host, now: clock.now(), staple: 'none' }).defects).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import { faults } from '../../../src/faults/catalogue.js';
import { parseChoice } from '../../../src/faults/choice.js';
import { findFault } from '../../../src/faults/find.js';
import { createRandom } from '../../../src/faults/random.js';
import type { ClientHelloFacts } from '../../../src/model/tls-facts.js';
import { alertNumbers } from '../../../src/wire/tls-alert.js';
import { drawOf, hello, target } from '../sample.js';

const changeBy = (choice: string, client: ClientHelloFacts = hello) => {
  const { fault, params } = parseChoice(choice);
  return applyFaults('client-tls', client, { draws: [drawOf(findFault(fault), params)], target });
};
const latin1 = (text = ''): number[] => [...Buffer.from(text, 'latin1')];

/** What a ClientHello of the sample (SNI, http/1.1, TLS 1.3) is met with. */
const changes: readonly [choice: string, output: object | undefined][] = [
  ['bad-cert:kind=malformed', { recipe: 'malformed' }],
  ['tls-eof:ms=5', { instead: { bytes: '', end: 'fin', endMs: 5 } }],
  ['tls-reset', { instead: { bytes: '', end: 'reset', endMs: 0 } }],
  ['tls-stall', { instead: { bytes: '', end: 'silence' } }],
  ['slow-tls:ms=20', { holdMs: 20 }],
  ['plain-on-tls:brand=node', { instead: { bytes: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', end: 'fin' } }],
  ['plain-on-tls:brand=ssh', { instead: { bytes: 'SSH-2.0-OpenSSH_9.6\r\n', end: 'fin' } }],
  ['plain-on-tls:brand=text,text="no\\"pe"', { instead: { bytes: 'no"pe', end: 'fin' } }],
  ['old-tls-only:version=1.0', { min: '1.0', max: '1.0' }],
  ['new-tls-only', { min: '1.3' }],
  ['odd-cipher-only:suite=rsa-cbc', { recipe: 'rsa', ciphers: 'AES128-SHA', max: '1.2' }],
  ['alpn-h2-only', { alpn: 'h2' }],
  ['no-alpn', { alpn: null }],
  ['wrong-alpn', undefined],
  ['client-cert-required', { clientCertificate: 'required' }],
  ['client-cert-required:version=1.2', { clientCertificate: 'required', max: '1.2' }],
  ['late-alert:alert=access_denied', { lateAlert: 49 }],
  ['tls-intercept:vendor=fortinet', { recipe: 'unknown-root', certificate: { issuerName: 'FortiGate CA' } }],
  ['clock-skew:hours=12', { certificate: { validity: { fromDays: 0.5, toDays: 7.5 } } }],
  ['clock-skew:hours=12,clock=ahead', { certificate: { validity: { fromDays: -7.5, toDays: -0.5 } } }],
  ['new-key', { certificate: { newKey: true } }],
  ['revoked-cert:reason=superseded', { recipe: 'intermediate', certificate: { revoked: 'superseded' } }],
  ['cut-tls:bytes=7,end=reset', { flight: { cut: { bytes: 7, end: 'reset' } } }],
  ['split-tls:bytes=3,ms=2', { flight: { slice: { bytes: 3, everyMs: 2 } } }],
  ['tls-fragmented', { recordBytes: 512 }],
  ['unknown-sni:how=fin', { instead: { bytes: '', end: 'fin' } }],
  ['unknown-sni:how=default-site', { recipe: 'wrong-host' }],
];

describe('the faults of TLS on the client leg', () => {
  it.each(changes)('%s', (choice, output) => {
    const { output: made, failed, applied } = changeBy(choice);
    expect(failed).toEqual([]);
    expect(made).toEqual(output);
    expect(applied.map(({ record }) => record.leg)).toEqual(output ? ['client'] : []);
    for (const { record } of applied) expect(record.after).not.toBe(record.before);
  });

  it('are all in this table, or have one of their own', () => {
    const shown = [...changes.map(([choice]) => choice.replace(/:.*/, '')), 'tls-alert', 'tls-garbage'];
    expect(faults.filter(({ stage }) => stage === 'client-tls').map(({ id }) => id)).toEqual([...new Set(shown)].toSorted());
  });

  it.each(Object.entries(alertNumbers))(
    'tls-alert says %s as the record 15 03 03 00 02 02 and %i, by name and by number',
    (name, number) => {
      const bytes = [0x15, 3, 3, 0, 2, 2, number];
      expect(latin1(changeBy(`tls-alert:alert=${name}`).output?.instead?.bytes)).toEqual(bytes);
      expect(latin1(changeBy(`tls-alert:number=${number}`).output?.instead?.bytes)).toEqual(bytes);
    },
  );

  it('tls-garbage begins no record of TLS and no text, is as long as was asked, and the same for the same seed', () => {
    const one = latin1(changeBy('tls-garbage:bytes=300').output?.instead?.bytes);
    expect(one).toHaveLength(300);
    expect(one[0]).toBeGreaterThanOrEqual(0xa0);
    expect(latin1(changeBy('tls-garbage:bytes=300').output?.instead?.bytes)).toEqual(one);
  });

  it('tls-garbage never has the 3 of a TLS version where a client looks for it, whatever the seed', () => {
    const { fault, params } = parseChoice('tls-garbage');
    for (let seed = 0; seed < 2000; seed++) {
      const draw = { ...drawOf(findFault(fault), params), random: createRandom(seed) };
      const [, version] = latin1(applyFaults('client-tls', hello, { draws: [draw], target }).output?.instead?.bytes);
      expect(version).toBeGreaterThanOrEqual(0xa0);
    }
  });

  it.each([
    ['unknown-sni', { ...hello, sni: null }],
    ['no-alpn', { ...hello, alpn: [] }],
    ['late-alert', { ...hello, versions: ['TLSv1.2'] }],
  ] as const)('%s leaves a client alone that gives nothing to it', (choice, client) => {
    expect(changeBy(choice, client)).toEqual({ output: undefined, applied: [], failed: [] });
  });

  it('wrong-alpn takes h2 where it is offered', () => {
    expect(changeBy('wrong-alpn', { ...hello, alpn: ['h2', 'http/1.1'] }).output).toEqual({ alpn: 'h2', speaks: 'http/1.1' });
  });
});

import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../src/faults/apply.js';
import { defineFault, type Fault } from '../../src/faults/fault.js';
import { findFault } from '../../src/faults/find.js';
import { parseHead } from '../../src/wire/http-head.js';
import { drawOf, handshake, hello, plainRequest, target } from './sample.js';

const request = (raw: string, ...draws: ReturnType<typeof drawOf>[]) =>
  applyFaults('request', parseHead(raw, 'request'), { draws, target });
const dropUpgrade = drawOf(findFault('drop-upgrade'));
const wrongOrigin = drawOf(findFault('wrong-origin'));

const throwing: Fault = defineFault({
  id: 'throws',
  stage: 'request',
  leg: 'server',
  title: '',
  about: '',
  imitates: '',
  params: {},
  example: 'throws',
  expects: [],
  effects: [],
  apply: () => {
    throw new Error('it broke');
  },
});

describe('the faults of one stage', () => {
  it('change nothing when there are none', () => {
    expect(request(handshake)).toEqual({ output: undefined, applied: [], failed: [] });
  });

  it('change nothing and leave no record when the exchange gives nothing to change', () => {
    expect(request(plainRequest, dropUpgrade, wrongOrigin)).toEqual({ output: undefined, applied: [], failed: [] });
  });

  it('leave no record when they write what stands there already', () => {
    const same = drawOf(findFault('wrong-origin'), { value: 'https://chat.example' });
    expect(request(handshake, same)).toEqual({ output: undefined, applied: [], failed: [] });
  });

  it('each get what the one before them left, and are recorded with it', () => {
    const { output, applied } = request(handshake, dropUpgrade, wrongOrigin);
    const between = handshake.replace('UPGRADE:websocket\r\n', '').replace('keep-alive,  Upgrade ', 'keep-alive ');
    const after = between.replace('  https://chat.example', '  https://evil.example');
    expect(output).toEqual({ raw: after });
    expect(applied).toEqual([
      {
        key: 'drop-upgrade',
        record: {
          id: 'drop-upgrade',
          params: { connection: 'drop-token' },
          stage: 'request',
          leg: 'server',
          before: handshake,
          after: between,
        },
      },
      {
        key: 'wrong-origin',
        record: {
          id: 'wrong-origin',
          params: { mode: 'set', value: 'https://evil.example' },
          stage: 'request',
          leg: 'server',
          before: between,
          after,
        },
      },
    ]);
  });

  it('that throw are reported, and the others go on', () => {
    const { output, applied, failed } = request(handshake, dropUpgrade, drawOf(throwing), wrongOrigin);
    expect(failed).toEqual([{ id: 'throws', message: 'it broke' }]);
    expect(applied.map(({ key }) => key)).toEqual(['drop-upgrade', 'wrong-origin']);
    expect(output?.raw).toContain('Origin:  https://evil.example\r\n');
  });

  it('that would split the head are reported, and the head passes as it was', () => {
    const splitting = drawOf(findFault('wrong-origin'), { value: 'x\r\nX-Evil: 1' });
    expect(request(handshake, splitting)).toEqual({
      output: undefined,
      applied: [],
      failed: [{ id: 'wrong-origin', message: 'The value for Origin holds a line break or NUL, which would begin another header field.' }],
    });
  });

  it('show one certificate, the one of the last fault', () => {
    const badCert = findFault('bad-cert');
    const draws = [drawOf(badCert, { kind: 'expired' }), drawOf(badCert, { kind: 'no-san' }, 'bad-cert.2')];
    const { output, applied } = applyFaults('client-tls', hello, { draws, target });
    expect(output).toEqual({ recipe: 'no-san' });
    expect(applied.map(({ key, record }) => [key, record.before, record.after])).toEqual([
      ['bad-cert', 'the certificate that is due', 'a certificate by the recipe expired'],
      ['bad-cert.2', 'a certificate by the recipe expired', 'a certificate by the recipe no-san'],
    ]);
  });
});

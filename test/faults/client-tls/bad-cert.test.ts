import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import { kindCodes } from '../../../src/faults/client-tls/bad-cert.js';
import { findFault } from '../../../src/faults/find.js';
import { drawOf, hello, target } from '../sample.js';

const fault = findFault('bad-cert');

describe('bad-cert', () => {
  it('asks for the recipe of its kind', () => {
    for (const kind of Object.keys(kindCodes)) {
      expect(applyFaults('client-tls', hello, { draws: [drawOf(fault, { kind })], target }).output).toEqual({ recipe: kind });
    }
  });

  it('knows the finding of each kind, that of the default first', () => {
    expect(Object.keys(kindCodes)).toEqual(fault.params.kind?.choices);
    expect(fault.expects[0]).toBe('certificate.expired');
    for (const code of Object.values(kindCodes)) if (code !== null) expect(fault.expects).toContain(code);
  });
});

import { describe, expect, it } from 'vitest';
import { faultText } from '../../src/cli/fault-text.js';
import { faults } from '../../src/faults/catalogue.js';
import { findFault } from '../../src/faults/find.js';

describe('a fault in full', () => {
  it.each(faults.map((fault) => [fault.id, fault] as const))('%s fits into 80 columns, but for its example', (_, fault) => {
    const lines = faultText(fault, 80).split('\n');
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('Example: '))).toEqual([]);
    expect(lines.filter((line) => /the both leg|: $|default \)/.test(line))).toEqual([]);
  });

  it('says where it works, what numbers may be, and what stands for nothing', () => {
    const [window, cut, plain] = ['h2-stalled-window', 'connect-cut', 'plain-on-tls'].map((id) => faultText(findFault(id), 100));
    expect(window).toContain('Stage http2, seen on either leg; HTTP/2 only.');
    expect(window).toContain('It gives no finding of severity error.');
    expect(cut).toContain('bytes (number, 0 to 38; default 0)');
    expect(plain).toContain('text (string; default "hello\\n")');
    expect(faultText(findFault('origin-refused'), 100)).toContain('allow (string; default empty)');
    expect(faultText(findFault('strip-cors'), 100)).toContain('It takes no parameters of its own.');
  });

  it('tells apart those that are alike', () => {
    for (const [one, other] of [
      ['offer-one-cipher', 'odd-cipher-only'],
      ['offer-old-tls', 'old-tls-only'],
    ] as const) {
      expect(findFault(one).about).toContain(`\`${other}\` changes what the client finds`);
      expect(findFault(other).about).toContain(`\`${one}\` changes what the server is offered`);
    }
  });
});

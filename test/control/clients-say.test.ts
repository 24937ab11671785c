import { describe, expect, it } from 'vitest';
import { clientsSay } from '../../src/control/clients-say.js';

describe('what clients say of a finding', () => {
  it('is each family in its clearest words, with the status that came', () => {
    const wordsOf = (status: number, family: string) =>
      clientsSay('origin.rejected', status).find(({ clients }) => clients.includes(family))?.text;
    expect(wordsOf(401, 'ws')).toBe('Unexpected server response: 401');
    expect(wordsOf(403, 'ws')).toBe('Unexpected server response: 403');
    expect(wordsOf(403, 'Chromium')).toContain('Unexpected response code: 403');
  });

  it('names a family once, and nobody who says the same of everything', () => {
    const families = clientsSay('certificate.expired', 0).flatMap(({ clients }) => clients);
    expect(new Set(families).size).toBe(families.length);
    expect(families).toContain('Chromium');
    // Its one sentence stands for every failure.
    expect(families).not.toContain('Firefox');
    expect(clientsSay('no.such-code', 0)).toEqual([]);
  });
});

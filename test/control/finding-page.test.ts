import { describe, expect, it } from 'vitest';
import { findingPage, findingPages } from '../../src/control/finding-page.js';
import { findingPageLines } from '../../src/views/finding-page.js';
import { lineText } from '../../src/views/paint.js';

const page = (code: string) => {
  const found = findingPage(code);
  if (!found) throw new Error(`no page of ${code}`);
  return found;
};

describe('the page of a finding', () => {
  it('joins its look-alikes both ways, the faults that provoke it and the words of clients', () => {
    const rejected = page('origin.rejected');
    expect(rejected.explains).toContain('server.forbidden');
    expect(rejected.explainedBy).toContain('origin.null');
    expect(rejected.faults).toContain('wrong-origin');
    expect(rejected.clients.map(({ text }) => text)).toContain('Unexpected server response: 403');
  });

  it('is in two minds about nobody: what A explains is explained by A', () => {
    const pages = findingPages();
    const broken = pages.flatMap(({ code, explains }) =>
      explains.filter((other) => !page(other).explainedBy.includes(code)).map((other) => `${code} > ${other}`),
    );
    expect(broken).toEqual([]);
  });

  it('spells a family of look-alikes out', () => {
    expect(page('server.http-after-101').explains.filter((code) => code.startsWith('frame.')).length).toBeGreaterThan(5);
  });

  it('says of what only a client can tell that no exchange shows it', () => {
    expect(page('client.not-open')).toMatchObject({ seenBy: 'client', cause: 'client' });
    expect(page('client.closed-early').seenBy).toBe('exchange');
  });

  it('knows no finding that does not exist', () => {
    expect(findingPage('server.nonsense')).toBeUndefined();
  });

  it('keeps to the width, but for configuration that is there to be copied', () => {
    const wide = findingPages().flatMap((one) =>
      findingPageLines(one, 80)
        .map(lineText)
        .filter((line) => line.length > 80 && !line.startsWith('    ')),
    );
    expect(wide).toEqual([]);
  });

  it('has words of clients for most of what a handshake may fail of', () => {
    const silent = findingPages().filter(({ clients, severity }) => clients.length === 0 && severity === 'error');
    expect(silent.length).toBeLessThan(findingPages().length / 4);
  });
});

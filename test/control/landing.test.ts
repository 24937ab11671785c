import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { landingHtml, landingPolicy } from '../../src/control/landing/page.js';

const facts = {
  proxy: 'http://127.0.0.1:8101',
  caPath: '/home/me/<b>"&\'/ca.pem',
  leafSpkiPin: 'pin=',
  fingerprint: 'AA:BB',
  validTo: '2027-02-20',
  version: '1.2.3',
};

describe('the landing page', () => {
  it('allows its one script and its one style by their hashes, and nothing else', () => {
    const page = landingHtml(facts);
    for (const kind of ['script', 'style']) {
      const found = [...page.matchAll(new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, 'g'))];
      expect(found.length).toBe(1);
      const hash = createHash('sha256')
        .update(found[0]?.[1] ?? '')
        .digest('base64');
      expect(landingPolicy).toContain(`${kind}-src 'sha256-${hash}'`);
    }
    expect(landingPolicy).not.toContain('unsafe');
    expect(page).not.toMatch(/ (style|on\w+)=/);
  });

  it('reaches for nothing outside', () => {
    const links = [...landingHtml(facts).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link);
    expect(links).toEqual(['data:,', '/ca.pem', '/ca.crt']);
    expect(landingPolicy.split('; ')).toContain(
      'connect-src http://shakedown.test https://shakedown.test ws://shakedown.test wss://shakedown.test',
    );
  });

  it('says the CA, its fingerprint and its end, escaped', () => {
    const page = landingHtml(facts);
    expect(page).not.toContain('<b>');
    expect(page).toContain('/home/me/&#60;b&#62;&#34;&#38;&#39;/ca.pem');
    expect(page).toContain('AA:BB');
    expect(page).toContain('2027-02-20');
  });
});

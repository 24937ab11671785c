import { describe, expect, it } from 'vitest';
import { rules } from '../../src/diagnosis/catalogue.js';
import { judgeUrl } from '../../src/diagnosis/judge-url.js';
import { readWebSocketUrl } from '../../src/wire/websocket-url.js';

const judged = (text: string, origin: string | null = null) =>
  judgeUrl({ text, read: readWebSocketUrl(text), origin }).map(({ code, severity }) => `${severity} ${code}`);

/** One of each code. */
const provoked: readonly (readonly [text: string, origin: string | null, verdicts: readonly string[]])[] = [
  ['', null, ['error url.malformed']],
  ['/chat', null, ['error url.malformed']],
  ['localhost:8080/chat', null, ['error url.malformed']],
  ['ws://host:99999/', null, ['error url.malformed']],
  ['ftp://host/', null, ['error url.scheme-unsupported']],
  ['http://host/', null, ['warning url.scheme-unsupported']],
  ['ws://host/#top', null, ['warning url.fragment']],
  ['ws://host:6000/', null, ['warning url.port-blocked']],
  ['ws://app.example/', 'https://app.example', ['warning url.mixed-content']],
  ['https://host:25/#x', null, ['warning url.fragment', 'warning url.port-blocked', 'warning url.scheme-unsupported']],
];

describe('a URL is judged before anybody connects', () => {
  it.each(provoked)('%j, Origin %j', (text, origin, verdicts) => {
    expect(judged(text, origin)).toEqual(verdicts);
  });

  it.each([
    ['ws://app.example/', null],
    ['ws://app.example/', 'http://app.example'],
    ['wss://app.example/', 'https://app.example'],
    ['ws://localhost:3000/', 'https://app.example'],
    ['ws://app.localhost/', 'https://app.example'],
    ['ws://127.0.0.1:3000/', 'https://app.example'],
    ['ws://[::1]:3000/', 'https://app.example'],
    ['wss://app.example:8443/chat?x=%23', 'null'],
  ])('%s, Origin %j, is fine', (text, origin) => {
    expect(judged(text, origin)).toEqual([]);
  });

  it('provokes every rule of the catalogue that is judged from a URL', () => {
    const found = new Set(provoked.flatMap(([, , verdicts]) => verdicts.map((one) => one.split(' ')[1])));
    expect(rules.filter(({ of }) => of === 'url').map(({ code }) => code)).toEqual([...found].sort());
  });

  it('shows the URL, and says how to mend it', () => {
    const [finding] = judgeUrl({ text: 'ws://host/#top', read: readWebSocketUrl('ws://host/#top'), origin: null });
    expect(finding).toMatchObject({
      cause: 'url',
      culprit: 'the client',
      evidence: [{ leg: 'client', what: 'url', text: 'ws://host/#top' }],
    });
    expect(finding?.fix[0]?.text).toContain('%23');
  });
});

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { RecordedExchange } from '../../../src/formats/format.js';
import { recordedExchanges } from '../../../src/formats/recorded-exchanges.js';
import { html } from '../../../src/views/report/html.js';
import { htmlReport } from '../../../src/views/report/html-report.js';
import { markdownReport } from '../../../src/views/report/markdown-report.js';
import { message } from '../../formats/support/recorded.js';
import { healthy, refused } from '../fake-control.js';
import { writtenBy } from './support/make.js';

const canned = fileURLToPath(new URL('../../recordings/v1.jsonl', import.meta.url));

/** A healthy exchange with so many messages. */
const talk = (id: string, count: number, startedAt = '2026-01-31T12:00:00.000000Z'): RecordedExchange => {
  const { exchange } = healthy(id);
  const { fromClient } = exchange.frames;
  return {
    exchange: { ...exchange, startedAt, frames: { ...exchange.frames, fromClient: { ...fromClient, messages: count } } },
    findings: [],
    messages: async function* () {
      for (let n = 1; n <= count; n++) yield [{ message: message(`message ${n}.`), at: startedAt }];
    },
    chunks: async function* () {},
    events: async function* () {},
  };
};
const bad = (id: string, startedAt: string): RecordedExchange => {
  const { exchange, findings } = refused(id);
  return {
    exchange: { ...exchange, startedAt },
    findings,
    messages: async function* () {},
    chunks: async function* () {},
    events: async function* () {},
  };
};
const second = (n: number): string => new Date(Date.UTC(2026, 0, 31) + n * 1000).toISOString().replace('Z', '000Z');

test('a string in a template is escaped and made visible, markup is not', () => {
  expect(String(html`<p title="${`"'<&>\``}">${'a\u202e<b>\x1b'}${html`<i>${'&'}</i>`}${[html`<b></b>`, html`${1}`]}</p>`)).toBe(
    '<p title="&#34;&#39;&#60;&#38;&#62;&#96;">a&#60;U+202E&#62;&#60;b&#62;\\x1b<i>&#38;</i><b></b>1</p>',
  );
});

test('the policy allows the one script and the one style by their hashes, and nothing else', async () => {
  const page = await writtenBy(htmlReport, recordedExchanges(canned));
  const hashOf = (content: string | undefined) =>
    `'sha256-${createHash('sha256')
      .update(content ?? '')
      .digest('base64')}'`;
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  expect(policy).toBe(`default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`);
  expect(page.match(/<(script|style)\b/g)).toHaveLength(2);
  expect(page).not.toMatch(/<[^>]*\s(?:style|on[a-z]+|src|srcset|action|formaction|xlink:href)=/i);
  expect([...page.matchAll(/\shref="([^"]*)"/g)].every(([, href]) => href?.startsWith('#'))).toBe(true);
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|fetch|XMLHttpRequest|eval|WebSocket|import\(/);
  expect(style).not.toMatch(/url\(|@import|@font-face/);
});

test('of a long talk the first and the last thousand messages are shown, and the page says what is left out and how to get it', async () => {
  const page = await writtenBy(htmlReport, [talk('7', 2500)]);
  for (const n of [1, 1000, 1501, 2500]) expect(page).toContain(`message ${n}.<`);
  for (const n of [1001, 1500]) expect(page).not.toContain(`message ${n}.<`);
  expect(page).toContain(
    'Messages 1,001 to 1,500 are left out here. <code>shakedown export session.jsonl --exchange 7 --format jsonl</code>',
  );
  expect(page).toContain('Messages in the middle of 1 long exchange: the first 1,000 and the last 1,000 are here.');
});

test('up to the cap all messages are shown', async () => {
  const page = await writtenBy(htmlReport, [talk('7', 2000)]);
  expect(page.match(/<tr data-row="" data-from/g)).toHaveLength(2000);
  expect(page).not.toContain('left out here');
});

test('of 2,500 exchanges those with findings are shown in full first, then the newest, in the order of time', async () => {
  const many = Array.from({ length: 2500 }, (_, n) => (n % 50 === 0 ? bad(`bad${n}`, second(n)) : talk(`good${n}`, 300, second(n))));
  const page = await writtenBy(htmlReport, many);
  const full = [...page.matchAll(/<article[\s\S]*?<span>exchange (\w+)<\/span>/g)].map(([, id]) => id);
  expect(full.filter((id) => id?.startsWith('bad'))).toEqual(Array.from({ length: 50 }, (_, n) => `bad${n * 50}`));
  expect(full.filter((id) => id?.startsWith('good'))).toEqual(
    Array.from({ length: 2500 }, (_, n) => n)
      .filter((n) => n % 50 !== 0)
      .slice(-50)
      .map((n) => `good${n}`),
  );
  expect(page.match(/<tr data-row=""(?: data-part="[^"]+")? data-state/g)).toHaveLength(2000);
  expect(page).toContain('2,500 exchanges, 50 with findings');
  expect(page).toContain('500 of 2,500 exchanges: the table has those with findings first, then the newest.');
  expect(page).toContain('The details of 1,900 exchanges in the table: 100 are shown in full');
  expect(page).toContain('Messages in the middle of 50 long exchanges: the first 50 and the last 50 are here.');
  expect(page).toContain('<td class="n">50</td>');
});

test('a message that a gap took a part of is marked, and counts as cut', async () => {
  const one = talk('1', 1);
  const messages = async function* () {
    yield [{ message: { ...message('half'), cut: true, lost: true as const }, at: one.exchange.startedAt }];
  };
  const page = await writtenBy(htmlReport, [{ ...one, messages }]);
  expect(page).toContain('data-kind="text" data-odd=""');
  expect(page).toContain('part of it is not in the recording');
  expect(page).not.toContain('cut in the recording');
  expect(await writtenBy(markdownReport, [{ ...one, messages }])).toContain('half (part of it is not in the recording)');
});

test('what was redacted stands at the top, and that nothing was, too', async () => {
  const redaction = {
    kinds: [
      { kind: 'authorization', places: 2 },
      { kind: 'cookie', places: 1 },
    ],
    blanked: 3,
  };
  expect(await writtenBy(htmlReport, [talk('1', 1)], { redaction })).toContain(
    'Replaced by placeholders: authorization (2 places), cookie (1 place). 3 payloads could not be searched and went blank.',
  );
  expect(await writtenBy(htmlReport, [talk('1', 1)], { redaction: null })).toContain('Nothing was redacted');
});

test('a name that a shell would read in another way is not put into a command', async () => {
  const page = await writtenBy(htmlReport, [talk('$(id)', 2500)], { recording: 'a b;rm.jsonl' });
  expect(page).toContain('shakedown export FILE --exchange ID');
});

test('a recording without exchanges is a page, too', async () => {
  expect(await writtenBy(htmlReport, [])).toContain('This recording holds no exchange.');
});

test('of an imported exchange it says what is not recorded, and states none of it', async () => {
  const told = talk('1', 1);
  const imported = { from: 'har', creator: 'Firefox', lacks: ['legs', 'end', 'tls', 'messages'] } as const;
  const { tls: _, end: __, ...server } = told.exchange.server ?? told.exchange.client;
  const { end: ___, ...client } = told.exchange.client;
  const page = await writtenBy(htmlReport, [
    { ...told, exchange: { ...told.exchange, endedAt: null, imported, server, client: { ...client, peer: null } } },
  ]);
  expect(page).toContain('imported from a HAR of Firefox; not recorded: two legs');
  expect(page).toContain('TLS not recorded');
  expect(page).toContain('<th scope="row">ended</th><td>not recorded</td><td>not recorded</td>');
  expect(page).not.toMatch(/no TLS|still connected|never connected|stayed open/);
});

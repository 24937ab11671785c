import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordedExchanges } from '../../../src/formats/recorded-exchanges.js';
import { markdownReport } from '../../../src/views/report/markdown-report.js';
import { obeyed } from '../hostile.js';
import { hostileExchange } from './support/hostile-exchange.js';
import { writtenBy } from './support/make.js';
import { vectors } from './support/vectors.js';

const canned = fileURLToPath(new URL('../../recordings/v1.jsonl', import.meta.url));
const of = (id?: string): Promise<string> =>
  writtenBy(markdownReport, recordedExchanges(canned, id === undefined ? {} : { wanted: (one) => one === id }));

/** The lines that are not in a fenced block; fails where a fence is left open. CommonMark 4.5. */
const unfenced = (text: string): string[] => {
  const out: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const ticks = /^`{3,}/.exec(line)?.[0];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence === null) out.push(line);
    else if (ticks !== undefined && ticks.length >= fence.length && line === ticks) fence = null;
  }
  expect(fence).toBeNull();
  return out;
};
/** What stands on a line outside of its code spans. CommonMark 6.1. */
const outsideCode = (line: string): string => line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, 'CODE');

/** Every line that the report itself can make, with its code spans taken out. */
const ours = [/^$/, /^(#{1,3} |- |\*\*|\| |Fix for CODE: |There are fixes for |Its body begins:$|From the client: |CODE$)/];
const plain = /^[A-Za-z0-9 .,:;!?'()%*#|+/-]*$/;

describe('the Markdown of an exchange', () => {
  it('says what was tried, what happened, why, and how to mend it', async () => {
    const text = await of('4');
    for (const part of [
      '## 403 refused: `ws://127.0.0.1:35799/chat`',
      '**What happened:** The server answered 403 Forbidden to the Origin `https://evil.example`',
      '### Findings',
      '**1. `origin.rejected`** (error, 95 % sure, RFC 6455 4.2.2, 10.2)',
      'server leg, response head at byte 0:\n  HTTP/1.1 403 Forbidden\n',
      'Fix for `Express + ws`: Compare the Origin in the upgrade listener',
      '### Request, the same on both legs\n\n```http\nGET /chat HTTP/1.1\n',
      'Its body begins:\n\n```text\nOrigin not allowed\n```',
      '| answer | 1.1 ms | 0.9 ms |',
      '- shakedown `0.1.0`, recording `session.jsonl`',
      '- Replaced by placeholders: `authorization` (2 places).',
    ])
      expect(text).toContain(part);
    expect(text.length).toBeLessThan(4000);
  });

  it('shows a head that was changed on the way as a difference', async () => {
    expect(await of('1')).toContain(
      '```diff\n GET /chat HTTP/1.1\n Sec-WebSocket-Version: 13\n Sec-WebSocket-Key: j8ZE3E4nXQO9E+eLd72t4g==\n-Connection: Upgrade\n-Upgrade: websocket\n Origin',
    );
  });

  it('shows the first and the last messages, and how many are between them', async () => {
    const text = await of('2');
    expect(text).toContain('+14 ms    client  text        5 B  hello\n');
    expect(text).toContain('\n(2 more)\n');
    expect(text).toContain('server  close       5 B  1000 normal closure "bye"\n```');
  });

  it('begins with a table where there are several', async () => {
    const text = await of();
    expect(text).toContain('# 17 exchanges, 12 with findings');
    expect(text).toContain('| `4` | 403 refused | `ws://127.0.0.1:35799/chat` | `origin.rejected` |');
    expect(text.match(/^## /gm)).toHaveLength(17);
  });
});

describe('what an attacker writes', () => {
  it.each([1, 30])('stands in code only, each table keeps its columns, and nothing unseen is left (%i in a report)', async (size) => {
    for (let from = 0; from < vectors.length; from += size) {
      const some = vectors.slice(from, from + size);
      const about = some[0] ?? '';
      const text = await writtenBy(markdownReport, some.map(hostileExchange), {
        shakedown: about,
        recording: about,
        startedAt: about,
        redaction: { kinds: [{ kind: about, places: 1 }], blanked: 0 },
      });
      expect(text.replaceAll('\n', '')).not.toMatch(obeyed);
      for (const line of unfenced(text)) {
        const rest = outsideCode(line);
        expect(rest, line).toMatch(plain);
        expect(
          ours.some((one) => one.test(rest)),
          line,
        ).toBe(true);
        expect(rest).not.toMatch(/[@<>[\]]|#\d|www\.|:\/\/|^(?:\*\*\*|---)/);
        if (rest.startsWith('|')) expect([3, 4]).toContain(line.split('|').length - 2);
      }
    }
  });

  it('fits into an issue, however long each field is', async () => {
    for (const long of ['x'.repeat(70_000), '\u202e'.repeat(70_000), '`'.repeat(70_000), 'a\n'.repeat(35_000), '漢'.repeat(70_000)]) {
      for (const count of [1, 6]) {
        const text = await writtenBy(
          markdownReport,
          Array.from({ length: count }, (_, index) => hostileExchange(long, index)),
        );
        expect(Buffer.byteLength(text)).toBeLessThan(65_536);
        expect(text).toContain('**What happened:**');
        if (count === 1) expect(text).toContain('### Request');
        unfenced(text);
      }
    }
  }, 60_000);
});

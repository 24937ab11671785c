import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareExchanges } from '../../../src/comparison/compare.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { comparisonText, verdictOf } from '../../../src/views/lines/comparison.js';
import { displayWidth } from '../../../src/wire/visible.js';
import { exchangeFrom } from '../../support/exchange.js';
import { hostileText } from '../hostile.js';

const silent = async function* () {};
const compared = (script: string) => {
  const exchange = exchangeFrom(script);
  return { exchange, findings: diagnose(exchange), messages: silent };
};
const good = compared('--- request\n+ Origin: https://app.example\n--- answer\n\n--- then\nclosed\n');
const refused = compared(
  '--- request\n+ Origin: https://evil.example\n--- answer\nHTTP/1.1 403 Forbidden\nServer: nginx\n--- then\nclosed\n',
);

const textOf = async (a: typeof good, b: typeof good, { width = 80, colour = false } = {}): Promise<string> =>
  comparisonText(
    { names: ['good.jsonl#1', 'bad.jsonl#2'], exchanges: [a.exchange, b.exchange], comparison: await compareExchanges(a, b) },
    { colour, width },
  );

describe('a comparison as text', () => {
  it('says first how both came out and what most likely matters, then shows both in two columns', async () => {
    const lines = (await textOf(good, refused)).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'A opened, B was refused with 403. What most likely matters: request.origin.',
      '',
      '    A: good.jsonl#1                        B: bad.jsonl#2',
      ' 1. request.origin',
      '    Servers let in the Origins that they know, and refuse all others.',
      '    https://app.example                    https://evil.example',
    ]);
    expect(lines.at(-1)).toBe('The same in both: target, way to the server, timings.');
  });

  it('says of two that are the same that they are', async () => {
    expect(await textOf(good, good)).toBe(
      [
        'Both opened. Nothing but what differs every time is different.',
        '',
        'The same in both: target, way to the server, request head, response head,',
        'subprotocol and extensions, outcome, end, timings, findings.',
      ].join('\n'),
    );
  });

  it.each([
    ['failed in TLS', '--- request\n', 'A opened, B has no answer.'],
    [
      'no connection',
      '--- then\n{"type":"dial-failed","failure":{"code":"ECONNREFUSED","message":"","attempts":[]}}\nclosed\n',
      'A opened, B failed: no connection to the server (ECONNREFUSED).',
    ],
    ['TLS', '--- then\nclient tls-failed {"code":"X","alert":48}\nclosed\n', 'A opened, B failed: TLS on the client leg.'],
  ])('knows how it came out: %s', async (_, script, sentence) => {
    const other = compared(script);
    const comparison = await compareExchanges(good, other);
    expect(verdictOf({ exchanges: [good.exchange, other.exchange], comparison })).toContain(sentence);
  });

  it('keeps to its width, and no captured text reaches the terminal as it is', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, fc.integer({ min: 60, max: 140 }), async (hostile, width) => {
        const value = Buffer.from(hostile.replace(/[\r\n]/g, ''), 'utf8').toString('latin1');
        const text = await textOf(good, compared(`--- request\n+ Origin: ${value}\n+ X-${'y'.repeat(200)}: ${value}\n--- answer\n`), {
          width,
        });
        expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
        for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 60 },
    );
  });

  it('uses colour only when it may', async () => {
    expect(await textOf(good, refused, { colour: true })).toContain('\x1b[');
    expect(await textOf(good, refused)).not.toContain('\x1b');
  });
});

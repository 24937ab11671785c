import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.js';

const text = readFileSync(new URL('unrelated.txt', import.meta.url), 'utf8').trimEnd();
const lines = text.split('\n');
/** Of WebSockets, or in the words of a failure, and yet no failure of a WebSocket. */
const nearMisses = readFileSync(new URL('near-misses.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('lines of other programs', () => {
  it('are at least 200, each another one', () => {
    expect(new Set(lines).size).toBeGreaterThanOrEqual(200);
  });

  it('get no answer', () => {
    expect(lines.filter((line) => explain(line).length > 0)).toEqual([]);
  });

  it('get none where they come as near as they can', () => {
    expect(new Set(nearMisses).size).toBeGreaterThanOrEqual(150);
    expect(nearMisses.filter((line) => explain(line).length > 0)).toEqual([]);
  });

  it('get none as one log either', () => {
    expect(explain(text).map((match) => match.text)).toEqual([]);
  });

  it('do not hide the one message of a client among them', () => {
    const log = [...lines.slice(0, 100), '2026-11-23T08:20:00Z app ERROR Error: Unexpected server response: 403', ...lines.slice(100)].join(
      '\n',
    );
    expect(explain(log).map(({ text: said, client }) => [client, said])).toEqual([
      ['ws, ws with https-proxy-agent, socket.io-client', 'Unexpected server response: 403'],
    ]);
  });
});

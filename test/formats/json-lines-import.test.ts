import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RecordedExchange } from '../../src/formats/format.js';
import { importFile } from '../../src/formats/import.js';
import { messageLine } from '../../src/recording/message-json.js';
import { heldMessages } from './support/fidelity.js';
import { exchangesOf, scratch } from './support/files.js';

const canned = fileURLToPath(new URL('../recordings/v1.jsonl', import.meta.url));

const imported = async (text: string) => {
  const folder = scratch();
  writeFileSync(join(folder, 'messages.jsonl'), text);
  const to = join(folder, 'out.jsonl');
  const result = await importFile(join(folder, 'messages.jsonl'), { to, shakedown: '0.1.0' });
  return { result, exchanges: await exchangesOf(to) };
};

const cutsOf = async (recorded: RecordedExchange): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const batch of recorded.messages())
    found.push(...batch.map(({ message }) => `${Buffer.from(message.bytes).toString()} ${message.length} ${message.cut}`));
  return found;
};

describe('messages as JSON Lines', () => {
  it('become the same messages of exchanges without heads', async () => {
    const before = (await exchangesOf(canned)).filter(({ exchange }) => exchange.marks.open !== null);
    const lines: string[] = [];
    for (const recorded of before)
      for await (const batch of recorded.messages())
        lines.push(...batch.map(({ message, at }) => messageLine(recorded.exchange.id, at, message)));
    const { result, exchanges } = await imported(`${lines.join('\n')}\n`);

    expect(result).toMatchObject({ exchanges: 4, messages: lines.length, skipped: [] });
    const after = new Map(exchanges.map((recorded) => [recorded.exchange.id, recorded]));
    for (const recorded of before) {
      const again = after.get(recorded.exchange.id);
      expect(again && (await heldMessages(again))).toEqual(await heldMessages(recorded));
      expect(again?.exchange).toMatchObject({
        kind: 'websocket',
        target: null,
        outcome: 'open',
        status: 0,
        imported: { from: 'json-lines' },
      });
      expect(again?.exchange.heads).toEqual({ clientSent: null, serverGot: null, serverSent: null, clientGot: null });
      expect(again?.exchange.imported?.lacks).toContain('heads');
      expect(again?.findings.filter(({ code }) => !code.startsWith('server.close'))).toEqual([]);
    }
  });

  it('keep how much of a cut text is missing', async () => {
    const { exchanges } = await imported(
      [
        '{"exchange":"7","at":"2026-01-01T00:00:00.000000Z","from":"server","type":"text","text":"begin","bytes":1000,"wireBytes":1004,"frames":1,"cut":true}',
        '{"exchange":"7","at":"2026-01-01T00:00:01.000000Z","from":"server","type":"text","text":"after","bytes":5,"wireBytes":7,"frames":1}',
      ].join('\n'),
    );
    const [recorded] = exchanges;
    expect(recorded?.exchange.lostBytes).toBe(995);
    expect(recorded && (await cutsOf(recorded))).toEqual(['begin 1000 true', 'after 5 false']);
  });

  it('of one exchange may stand between those of another; a bad line is told and passed over', async () => {
    const line = (exchange: string, text: string) =>
      JSON.stringify({ exchange, at: '2026-01-01T00:00:00.000000Z', from: 'client', type: 'text', text });
    const { result, exchanges } = await imported(
      [line('a', '1'), line('b', '2'), '{"exchange":', line('a', '3'), '{"exchange":"c","at":"now"}', ''].join('\n'),
    );
    expect(result.skipped).toEqual([
      { where: 'line 3', why: 'is no JSON' },
      { where: 'line 5.at', why: 'is no ISO time in UTC' },
    ]);
    expect(exchanges.map(({ exchange }) => `${exchange.id} ${exchange.frames.fromClient.messages}`)).toEqual(['a 2', 'b 1']);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RecordedExchange } from '../../../src/formats/format.js';
import { har } from '../../../src/formats/har/export.js';
import { importFile } from '../../../src/formats/import.js';
import { held, heldFindings, heldMessages } from '../support/fidelity.js';
import { exchangesOf, exported, scratch } from '../support/files.js';
import { harFaults } from '../support/har-schema.js';
import { recordRich } from '../support/rich-recording.js';

const canned = fileURLToPath(new URL('../../recordings/v1.jsonl', import.meta.url));

describe('session > HAR > session', () => {
  it('keeps all that a HAR holds of every exchange of the canned recording', async () => {
    const folder = scratch();
    const path = await exported(canned, { format: har, folder, name: 'v1.har' });
    expect(harFaults(JSON.parse(readFileSync(path, 'utf8')))).toEqual([]);

    const back = join(folder, 'back.jsonl');
    expect(await importFile(path, { to: back, shakedown: '0.1.0' })).toMatchObject({ exchanges: 15, skipped: [] });
    const before = (await exchangesOf(canned)).filter(({ exchange }) => exchange.target !== null);
    const after = await exchangesOf(back);
    expect(after.map(({ exchange }) => held(exchange))).toEqual(before.map(({ exchange }) => held(exchange)));
    expect(after.map(heldFindings)).toEqual(before.map(heldFindings));
    expect(await Promise.all(after.map(heldMessages))).toEqual(await Promise.all(before.map(heldMessages)));
  });

  it('is the same HAR again when it goes out a second time, but for what it says of itself', async () => {
    const folder = scratch();
    const first = await exported(canned, { format: har, folder, name: 'first.har' });
    const back = join(folder, 'back.jsonl');
    await importFile(first, { to: back, shakedown: '0.1.0' });
    const second = await exported(back, { format: har, folder, name: 'second.har' });
    const standard = (path: string) =>
      (JSON.parse(readFileSync(path, 'utf8')).log.entries as Record<string, unknown>[]).map(
        ({ _shakedown, _webSocketMessages, response, ...rest }) => ({
          ...rest,
          // A second time nobody knows any more how long a coded body was.
          response: { ...(response as object), bodySize: null },
        }),
      );
    expect(standard(second)).toEqual(standard(first));
  });
});

describe('a run of the real engine', () => {
  it('is a valid HAR, and keeps all that a HAR holds: compressed and fragmented messages, refusals, HTTP/2, SOCKS, TLS, plain HTTP', async () => {
    const folder = scratch();
    const rich = join(folder, 'rich.jsonl');
    await recordRich(rich, join(folder, 'ca'));
    const path = await exported(rich, { format: har, folder, name: 'rich.har' });
    expect(harFaults(JSON.parse(readFileSync(path, 'utf8')))).toEqual([]);
    const back = join(folder, 'back.jsonl');
    expect((await importFile(path, { to: back, shakedown: '0.1.0' })).skipped).toEqual([]);
    const before = (await exchangesOf(rich)).filter(({ exchange }) => exchange.target !== null);
    const after = await exchangesOf(back);
    const facts = async (all: readonly RecordedExchange[]) =>
      Object.fromEntries(
        await Promise.all(all.map(async (one) => [one.exchange.id, [held(one.exchange), heldFindings(one), await heldMessages(one)]])),
      );
    expect(await facts(after)).toEqual(await facts(before));
    expect(before.some(({ exchange }) => exchange.http2)).toBe(true);
    expect(before.some(({ exchange }) => exchange.server?.tls)).toBe(true);
  }, 60_000);
});

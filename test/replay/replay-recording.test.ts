import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isoTime } from '../../src/model/clock.js';
import { encodeEvent, encodeFirstLine } from '../../src/recording/codec.js';
import { chooseExchanges, replayRecording } from '../../src/replay/replay-recording.js';
import { ended, handshake, type Moment, tunnel } from './sample.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-choose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A recording with these exchanges; ids count from 1, and each begins a second after the one before. */
const recordingOf = (...exchanges: readonly (readonly Moment[])[]): string => {
  const path = join(folder, `${Math.random()}.jsonl`);
  const lines = exchanges.flatMap((moments, index) =>
    moments.flatMap(([ms, what]) =>
      'type' in what ? [encodeEvent({ at: isoTime(index * 1000 + ms), exchange: String(index + 1), ...what })] : [],
    ),
  );
  writeFileSync(path, `${[encodeFirstLine({ startedAt: isoTime(0), shakedown: '0' }), ...lines].join('\n')}\n`);
  return path;
};
const websocket = [...tunnel, ...handshake(), ...ended(20)];
const plain: readonly Moment[] = [
  ...tunnel,
  [6, { type: 'target', target: { scheme: 'http', host: 'api.test', port: 80, path: '/' }, kind: 'http' }],
  ...ended(20),
];
const spare: readonly Moment[] = [...tunnel, [6, { type: 'not-a-head', site: 'clientSent', raw: '', why: 'truncated' }], ...ended(20)];
const brokenTls: readonly Moment[] = [
  ...tunnel,
  [6, { type: 'client-hello', hello: { sni: null, alpn: [], versions: [] } }],
  [7, { type: 'tls-failed', leg: 'client', failure: { code: '', message: '', alert: 48, firstBytes: '', chain: [], sni: null } }],
  ...ended(20),
];
const idsOf = async (path: string, wanted: readonly string[] | 'all') =>
  (await chooseExchanges(path, wanted)).map(({ exchange }) => exchange.id);
const unreachable = {
  door: { host: '127.0.0.1', port: 1 },
  caPem: '',
  timeoutMs: 1000,
  exchangeByPort: () => Promise.reject(new Error('nothing may be sent')),
  findingsOf: () => [],
};

describe('the exchanges of a recording that are replayed', () => {
  it('are every handshake, also one that ended in TLS, but no plain request and no spare connection', async () => {
    expect(await idsOf(recordingOf(websocket, plain, spare, brokenTls), 'all')).toEqual(['1', '4']);
  });

  it('are those that were named, in the order in which they began', async () => {
    expect(await idsOf(recordingOf(websocket, websocket, websocket), ['3', '1'])).toEqual(['1', '3']);
  });

  it('must be in the file', async () => {
    await expect(idsOf(recordingOf(websocket), ['1', '5'])).rejects.toMatchObject({
      code: 'SHK_NOT_FOUND',
      message: expect.stringContaining('"5"'),
    });
  });

  it('must be some', async () => {
    await expect(idsOf(recordingOf(plain, spare), 'all')).rejects.toMatchObject({ code: 'SHK_REPLAY' });
  });

  it('say why, when they cannot be replayed', async () => {
    await expect(replayRecording(recordingOf(plain), ['1'], unreachable)).rejects.toMatchObject({
      code: 'SHK_REPLAY',
      message: expect.stringContaining('Exchange 1: It is a plain HTTP request'),
    });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesOf, writeCapture } from './support/capture.js';
import { browse, deflatedTexts, deflatedWords, farewell, offer, refuse, startGround, words, wrongWords } from './support/sessions.js';
import { faultsOf, found, rows, runProgram, type Stream, webSockets } from './support/tshark.js';

const missing = Object.values(found).some((one) => 'missing' in one);
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
const plainTexts = ['hello', 'good morning, "world" – ünïcode', 'first, second, third'];

// Each run of tshark takes a second, and several on a busy machine.
describe.skipIf(missing)('tshark, told nothing but the name of a capture of real sessions', { timeout: 60_000 }, () => {
  let folder = '';
  let theirs: readonly Stream[] = [];
  const path = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shakedown-pcapng-'));
    const ground = await startGround(path('talks.jsonl'));
    await ground.talk('connect', [...words, ...farewell]);
    await ground.talk('connect-tls', [...words, ...farewell]);
    await ground.talk('socks5', [...words, ...farewell]);
    await ground.talk('absolute', await deflatedWords(), offer);
    await ground.talk('socks4a', wrongWords);
    await ground[Symbol.asyncDispose]();
    await writeCapture(path('talks.jsonl'), path('talks.pcapng'));
    theirs = await webSockets(path('talks.pcapng'));
    const other = await startGround(path('plain.jsonl'));
    await refuse(other);
    await browse(other);
    await other[Symbol.asyncDispose]();
    await writeCapture(path('plain.jsonl'), path('plain.pcapng'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('shows the frames that we show, on both legs', async () => {
    const ours = await framesOf(path('talks.jsonl'));
    expect(ours.map((frames) => frames.length)).toEqual([14, 14, 14, 6, 6]);
    for (const leg of ['client', 'server']) {
      expect(theirs.filter((stream) => stream.leg === leg).map(({ frames }) => frames)).toEqual(ours);
    }
  });

  it('shows unmasked, joined and inflated texts, on both legs', () => {
    for (const leg of ['client', 'server']) {
      const texts = theirs.filter((stream) => stream.leg === leg).map((stream) => stream.texts);
      expect(texts.slice(0, 3)).toEqual([plainTexts, plainTexts, plainTexts]);
      expect(texts[3]).toEqual(deflatedTexts.flatMap((text) => [text, text]));
    }
  });

  it('finds nothing malformed, missing, doubled or out of order, and every checksum right', async () => {
    expect(await faultsOf(path('talks.pcapng'))).toEqual({ bad: [], holes: [] });
  });

  it('finds the same once reordercap has put the packets in order of time', async () => {
    await runProgram('reordercap', path('talks.pcapng'), path('ordered.pcapng'));
    expect(await faultsOf(path('ordered.pcapng'))).toEqual({ bad: [], holes: [] });
    const counts = (streams: readonly Stream[]): number[] => streams.map(({ frames }) => frames.length).sort();
    expect(counts(await webSockets(path('ordered.pcapng')))).toEqual(counts(theirs));
  });

  it('sees every connection from SYN to FIN: the door, its inside, the server leg', async () => {
    const packets = await rows(path('talks.pcapng'), 'tcp', 'tcp.stream', 'frame.interface_name', 'tcp.completeness');
    const last = new Map(packets.map(([stream, ...rest]) => [stream, rest]));
    const count = (leg: string): number => [...last.values()].filter(([name]) => name === leg).length;
    expect([count('client leg'), count('server leg')]).toEqual([9, 5]);
    // SYN, SYN-ACK, ACK, data, FIN, by the bits of tcp.completeness.
    expect([...last.values()].map(([, completeness]) => completeness)).toEqual(new Array(14).fill('31'));
  });

  it('reads CONNECT and SOCKS on connections of their own', async () => {
    const connect = await rows(path('talks.pcapng'), 'http.request.method == "CONNECT"', 'tcp.dstport', 'frame.interface_name');
    expect(connect).toEqual([
      ['8080', 'client leg'],
      ['8080', 'client leg'],
    ]);
    const socks = await rows(path('talks.pcapng'), 'socks', 'socks.version', 'tcp.stream');
    expect(socks.map(([version]) => version)).toEqual(['5', '5', '5', '5', '4', '0']);
  });

  it('shows a refusal with its body on both legs', async () => {
    const refused = await rows(
      path('plain.pcapng'),
      'http.response.code == 403',
      'frame.interface_name',
      'http.content_length',
      'http.file_data',
    );
    expect(refused).toEqual([
      ['server leg', '18', 'Origin not allowed'],
      ['client leg', '18', 'Origin not allowed'],
    ]);
  });

  it('shows two requests of one connection in one conversation a leg, and a hole where a body was not recorded', async () => {
    const requests = await rows(
      path('plain.pcapng'),
      'http.request.method == "GET" && http.request.uri contains "page"',
      'frame.interface_name',
      'tcp.stream',
    );
    expect(requests.map(([leg]) => leg)).toEqual(['client leg', 'server leg', 'client leg', 'server leg']);
    expect(new Set(requests.map(([, stream]) => stream)).size).toBe(2);
    const answers = await rows(path('plain.pcapng'), 'http.response.code == 200 && http.content_length == 0', 'frame.interface_name');
    expect(answers.flat().sort()).toEqual(['client leg', 'server leg']);
    const { bad, holes } = await faultsOf(path('plain.pcapng'));
    expect({ bad, holes: holes.length }).toEqual({ bad: [], holes: 2 });
  });

  it('says what the file is, and that nothing was redacted', async () => {
    const told = await runProgram('capinfos', path('talks.pcapng'));
    expect(told).toContain('Raw IP');
    expect(told).toContain('not redacted');
    expect(told).toMatch(/Name = client leg\n[\s\S]*Name = server leg\n/);
  });
});

describe.skipIf(missing || !hasIpv6)('tshark, over IPv6', { timeout: 60_000 }, () => {
  it('shows the same frames between the same addresses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shakedown-pcapng-'));
    const [recording, capture] = [join(folder, 'six.jsonl'), join(folder, 'six.pcapng')];
    const ground = await startGround(recording, '::1');
    await ground.talkByIpv6([...words, ...farewell]);
    await ground[Symbol.asyncDispose]();
    await writeCapture(recording, capture);

    const ours = await framesOf(recording);
    expect((await webSockets(capture)).map(({ frames }) => frames)).toEqual([...ours, ...ours]);
    expect(await faultsOf(capture)).toEqual({ bad: [], holes: [] });
    expect(new Set((await rows(capture, 'tcp', 'ipv6.src', 'ipv6.dst')).flat())).toEqual(new Set(['::1']));
    rmSync(folder, { recursive: true, force: true });
  });
});

import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { RedactionSummary } from '../../src/redaction/summary.js';
import { encodeMessage } from '../../src/wire/frame-encoder.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { receiveWithWs } from '../support/ws-internals.js';
import { takeover } from '../wire/streams.js';
import { redacted } from './redacted.js';
import { createSession } from './session.js';

const messages = (events: readonly Event[], from: 'client' | 'server', deflate = false) => {
  const reader = createMessageReader({ from, deflate: deflate ? takeover : null });
  return events.flatMap((event) => {
    if (event.type !== 'bytes' || event.from !== from) return [];
    return reader
      .push(Buffer.from(event.data, 'base64'))
      .map((message) => ({ ...message, text: Buffer.from(message.bytes).toString(), at: event.at }));
  });
};
const texts = (events: readonly Event[], from: 'client' | 'server', deflate = false): string[] =>
  messages(events, from, deflate).map(({ text }) => text);
const kinds = (summary: RedactionSummary) => Object.fromEntries(summary.kinds.map(({ kind, places }) => [kind, places]));

const token = 'tok_8fK2mQ9xL4vR7nB3';

describe('the redactor', () => {
  it('follows a token from the head into messages, in every encoding', async () => {
    const session = createSession({ request: [`Authorization: Bearer ${token}`] });
    const base64 = (before: string) => Buffer.from(`${before}${token}!`).toString('base64');
    const said = [
      token,
      encodeURIComponent(token).replace('_', '%5F'),
      base64(''),
      base64('a'),
      base64('ab'),
      Buffer.from(token).toString('hex'),
    ];
    for (const text of said) await session.say('client', `<${text}>`);
    const { events, summary } = redacted(session.close());
    const seen = texts(events, 'client');
    for (const [nth, text] of seen.entries()) {
      expect(text).not.toContain((said[nth] ?? '').slice(4, -8));
      expect(text).toHaveLength((said[nth] ?? '').length + 2);
      expect(text).toMatch(/redacted/);
      expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain(token);
    }
    expect(kinds(summary)).toMatchObject({ authorization: 1, 'the same secret elsewhere': 6 });
  });

  const given = (session: ReturnType<typeof createSession>, from: 'client' | 'server', text: string): void => {
    const bytes = encodeMessage({
      type: 'text',
      bytes: Buffer.from(text),
      ...(from === 'client' && { nextKey: () => Uint8Array.of(1, 2, 3, 4) }),
    });
    session.emit({ type: 'given', from, data: Buffer.from(bytes).toString('base64') });
  };
  const read = (events: readonly Event[], from: 'client' | 'server'): readonly string[] => {
    const reader = createMessageReader({ from, deflate: null });
    return events.flatMap((event) =>
      event.type === 'given' && event.from === from
        ? reader.push(Buffer.from(event.data, 'base64')).map(({ bytes }) => Buffer.from(bytes).toString())
        : [],
    );
  };

  it.each(['client', 'server'] as const)('follows a token into what faults made of the bytes of the %s', async (from) => {
    const session = createSession({ request: [`Authorization: Bearer ${token}`] });
    session.emit({ type: 'detour', from });
    given(session, from, `changed ${token}`);
    const { events } = redacted(session.close());
    expect(read(events, from)).toEqual([expect.stringMatching(/^changed redacted-\w{8}x+$/)]);
  });

  it('blanks what faults made of a direction that they took in hand when bytes had crossed', async () => {
    const session = createSession({ request: [`Authorization: Bearer ${token}`] });
    await session.say('client', 'before');
    session.emit({ type: 'detour', from: 'client' });
    given(session, 'client', `changed ${token}`);
    const { events } = redacted(session.close());
    const left = events.flatMap((event) => (event.type === 'given' ? [Buffer.from(event.data, 'base64').toString('latin1')] : []));
    expect(left).toEqual([expect.stringMatching(/^x+$/)]);
  });

  it('learns a secret from a later event and from another exchange', async () => {
    const early = createSession({ id: '1' });
    await early.say('server', `hello ${token}`);
    const late = createSession({ id: '2', path: `/ws?access_token=${token}` });
    const { events } = redacted([...early.close(), ...late.close()]);
    expect(JSON.stringify(events)).not.toContain(token);
    expect(texts(events, 'server')[0]).toMatch(/^hello redacted-\w{8}xxx$/);
  });

  it('gives the same secret the same placeholder, and another one another', async () => {
    const session = createSession({ request: [`X-Api-Key: ${token}`, 'X-Other-Token: tok_0000000000000001'] });
    await session.say('client', JSON.stringify({ token, secret: 'tok_0000000000000001' }));
    const { events } = redacted(session.close());
    const head = events.find((event) => event.type === 'head');
    const raw = head?.type === 'head' ? (head.raw ?? '') : '';
    const said = JSON.parse(texts(events, 'client')[0] ?? '');
    expect(raw).toContain(`X-Api-Key: ${said.token}\r\n`);
    expect(raw).toContain(`X-Other-Token: ${said.secret}\r\n`);
    expect(said.token).not.toBe(said.secret);
    const again = texts(redacted(session.events, Buffer.alloc(32, 8)).events, 'client')[0] ?? '';
    expect(JSON.parse(again).token).not.toBe(said.token);
  });

  it('rewrites inside masked frames, fragments and chunks, and leaves headers and keys', async () => {
    const session = createSession();
    await session.say('client', JSON.stringify({ password: 'swordfish-99', more: 'x'.repeat(30) }), {
      maxFrame: 17,
      cuts: [1, 9, 10, 22, 31, 40],
    });
    const { events } = redacted(session.close());
    const before = messages(session.events, 'client');
    const after = messages(events, 'client');
    expect(after.map(({ frames, wireBytes, length, at }) => ({ frames, wireBytes, length, at }))).toEqual(
      before.map(({ frames, wireBytes, length, at }) => ({ frames, wireBytes, length, at })),
    );
    expect(after[0]?.text).not.toContain('swordfish');
    expect(JSON.parse(after[0]?.text ?? '').more).toBe('x'.repeat(30));
    expect(events.map((event) => (event.type === 'bytes' ? event.data.length : 0))).toEqual(
      session.events.map((event) => (event.type === 'bytes' ? event.data.length : 0)),
    );
  });

  it('finds what control frames carry between the fragments of a message', async () => {
    const session = createSession({ request: [`Cookie: id=${token}`] });
    const half = Buffer.from(`{"password":"swordfish-99"}`);
    session.chunk('server', Buffer.concat([Buffer.of(0x01, 12), half.subarray(0, 12)]));
    session.chunk('server', Buffer.concat([Buffer.of(0x89, token.length), Buffer.from(token)]));
    session.chunk('server', Buffer.concat([Buffer.of(0x80, half.length - 12), half.subarray(12)]));
    await session.say('server', Buffer.concat([Buffer.of(0x03, 0xe8), Buffer.from(`bye ${token}`)]), { type: 'close' });
    const { events } = redacted(session.close());
    expect(texts(events, 'server').join(' ')).not.toMatch(/swordfish|tok_/);
    expect(messages(events, 'server').map(({ type }) => type)).toEqual(['ping', 'text', 'close']);
    expect(Buffer.from(messages(events, 'server')[2]?.bytes ?? []).readUInt16BE(0)).toBe(1000);
  });

  it('compresses anew what leaned on a secret, on both sides, and the rest stays as it was', async () => {
    const session = createSession({ deflate: true });
    const said: string[] = [];
    for (const from of ['client', 'server'] as const) {
      await session.say(from, `{"hello":"before","n":1,"pad":"${'abc '.repeat(20)}"}`, { maxFrame: 9, cuts: [3, 20] });
      await session.say(from, JSON.stringify({ password: token, note: 'before' }), { maxFrame: 7, cuts: [5, 12, 13] });
      await session.say(from, JSON.stringify({ echo: `${token}/${token}`, note: 'before' }), { cuts: [4] });
      for (let n = 0; n < 5; n++) await session.say(from, `{"n":${n},"text":"${'lorem ipsum '.repeat(n * 300)}"}`);
      await session.say(from, `{"note":"long after, ${'lorem ipsum'}"}`);
    }
    const original = (from: 'client' | 'server') => messages(session.events, from, true);
    const { events, summary } = redacted(session.close());
    for (const from of ['client', 'server'] as const) {
      const after = messages(events, from, true);
      said.push(...after.map(({ text }) => text));
      expect(after.map(({ error }) => error)).toEqual(after.map(() => undefined));
      expect(after.map(({ frames, length, type, at }) => ({ frames, length, type, at }))).toEqual(
        original(from).map(({ frames, length, type, at }) => ({ frames, length, type, at })),
      );
      expect(after.map(({ text }) => text.replace(/redacted-\w{8}x*/g, token))).toEqual(original(from).map(({ text }) => text));
      const chunks = events.flatMap((event) => (event.type === 'bytes' && event.from === from ? [Buffer.from(event.data, 'base64')] : []));
      const { received, error } = await receiveWithWs(chunks, { from, deflate: true });
      expect(error).toBeNull();
      expect(received.map(({ hex }) => Buffer.from(hex, 'hex').toString())).toEqual(after.map(({ text }) => text));
      // Over 32 KiB later no back reference reaches the secret, and the bytes are those that crossed.
      expect(after.at(-1)?.wireBytes).toBe(original(from).at(-1)?.wireBytes);
    }
    expect(said.join()).not.toContain(token);
    expect(summary.recompressed).toBeGreaterThan(4);
    expect(events.at(-2)).toEqual(session.events.at(-2));
  });

  it('blanks what it cannot read, and counts it', async () => {
    const session = createSession({ deflate: true });
    session.chunk('server', Buffer.concat([Buffer.of(0xc1, token.length), Buffer.from(token)]));
    session.chunk('server', Buffer.concat([Buffer.of(0xa1, token.length), Buffer.from(token)]));
    await session.say('server', 'hello', { compress: false });
    const { events, summary } = redacted(session.close());
    expect(summary.blanked).toBe(2);
    expect(texts(events, 'server', true)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'hello']);
  });

  it('goes on behind a gap where the recording says how, and blanks the rest where not', async () => {
    const one = createSession();
    await one.say('server', 'first');
    one.emit({ type: 'bytes-lost', from: 'server', bytes: 40, why: 'a test', resume: { left: 6, header: '', unfinished: true } });
    one.chunk(
      'server',
      Buffer.concat([
        Buffer.from('secret'),
        Buffer.of(0x80, 8),
        Buffer.from('NcReT ok'),
        Buffer.of(0x81, 20),
        Buffer.from('{"password":"mellon"'),
      ]),
    );
    const { events } = redacted(one.close());
    const last = events.findLast((event) => event.type === 'bytes');
    const bytes = Buffer.from(last?.type === 'bytes' ? last.data : '', 'base64').toString('latin1');
    expect(bytes.slice(0, 8)).toBe('xxxxxx\x80\x08');
    expect(bytes.slice(8, 16)).toMatch(/^[a-z2-9]{5} ok$/);
    expect(bytes.slice(16)).toMatch(/^\x81\x14\{"password":"[a-z2-9]{6}"$/);

    const two = createSession();
    two.emit({ type: 'bytes-lost', from: 'client', bytes: 3, why: 'a test' });
    two.chunk('client', Buffer.from(token));
    two.chunk('server', Buffer.concat([Buffer.of(0x81, 2), Buffer.from('hi')]));
    const blanked = redacted(two.close());
    expect(JSON.stringify(blanked.events)).toContain(Buffer.from('x'.repeat(20)).toString('base64'));
    expect(texts(blanked.events, 'server')).toEqual(['hi']);
    expect(blanked.summary.blanked).toBe(1);
  });

  it('keeps frames of a payload that was cut, by the key that it saw', async () => {
    const session = createSession();
    const wire = Buffer.concat([Buffer.of(0x81, 0x80 | 40, 1, 2, 3, 4), Buffer.alloc(40)]);
    const text = '{"password":"swordfish-99","a":"mellon"}';
    for (let at = 0; at < 40; at++) wire[6 + at] = text.charCodeAt(at) ^ ((at & 3) + 1);
    session.chunk('client', wire.subarray(0, 20));
    session.emit({ type: 'bytes-lost', from: 'client', bytes: 5, why: 'a test', resume: { left: 21, header: '', unfinished: false } });
    session.chunk('client', wire.subarray(25));
    await session.say('client', 'next');
    const { events } = redacted(session.close());
    const parts = events.flatMap((event) => (event.type === 'bytes' ? [Buffer.from(event.data, 'base64')] : []));
    const end = Buffer.from(parts[1] ?? []).map((byte, at) => byte ^ (((19 + at) & 3) + 1));
    expect(end.toString()).toMatch(/^[a-z2-9]{6}","a":"mellon"\}$/);
    expect(parts[2]).toEqual(
      Buffer.from(session.events.flatMap((event) => (event.type === 'bytes' ? [event.data] : []))[2] ?? '', 'base64'),
    );
  });
});

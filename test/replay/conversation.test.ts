import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { conversationOf, type Step } from '../../src/replay/conversation.js';
import { encodeFrame, encodeMessage } from '../../src/wire/frame-encoder.js';
import { parseHead } from '../../src/wire/http-head.js';
import {
  clientFrame,
  clientSays,
  ended,
  handshake,
  key,
  left,
  type Moment,
  normal,
  recordedOf,
  requestHead,
  serverFrame,
  serverSays,
  switching,
  tunnel,
} from './sample.js';

const plainAnswer = parseHead(switching(), 'response');
const talk = (moments: readonly Moment[], answer = plainAnswer) =>
  conversationOf(recordedOf([...tunnel, ...handshake(), ...moments]), answer);
/** Steps as short lines, so that a whole conversation reads in one look. */
const lines = (steps: readonly Step[]): string[] =>
  steps.map((step) => {
    if (step.type === 'send') return `send ${Buffer.from(step.bytes).toString('hex')}${step.close ? ' close' : ''}`;
    if (step.type === 'await') return `await ${step.messages}${step.close ? ' close' : ''} within ${step.withinMs}`;
    if (step.type === 'pause') return `pause ${step.ms}`;
    return step.type === 'watch' ? `watch ${step.withinMs}` : `end ${step.how}`;
  });
const hex = ({ chunk }: { readonly chunk: Uint8Array }): string => Buffer.from(chunk).toString('hex');

describe('the conversation of a recorded client', () => {
  it('sends each message behind what the server had said before it', () => {
    const { steps } = talk([
      [20, serverSays('welcome')],
      [21, clientSays('one')],
      [31, serverSays('re one')],
      [31, serverSays('more')],
      [32, clientSays('two')],
      [42, serverSays('re two')],
      ...ended(43),
    ]);
    expect(lines(steps)).toEqual([
      'await 1 within 2020',
      `send ${hex(clientSays('one'))}`,
      'await 3 within 2020',
      `send ${hex(clientSays('two'))}`,
      'await 4 within 2020',
      'end await-fin',
    ]);
  });

  it('shortens the silences of the client and joins what had none', () => {
    const { steps } = talk([[20, clientSays('a')], [21, clientSays('b')], [9000, clientSays('c')], ...left(9001)]);
    expect(lines(steps)).toEqual([
      `send ${hex(clientSays('a'))}${hex(clientSays('b'))}`,
      'pause 10',
      `send ${hex(clientSays('c'))}`,
      'pause 1',
      'end fin',
    ]);
  });

  it('closes as the client did, and waits for the Close in answer', () => {
    const { steps } = talk([
      [20, clientSays('bye')],
      [21, serverSays('bye')],
      [800, clientFrame('close', normal)],
      [801, serverFrame('close', normal)],
      ...ended(802),
    ]);
    expect(lines(steps).slice(1)).toEqual([
      'await 1 within 2002',
      'pause 150',
      `send ${hex(clientFrame('close', normal))} close`,
      'await 1 close within 2002',
      'end await-fin',
    ]);
  });

  it('answers a Close of the server only when it has come', () => {
    const { steps } = talk([[20, serverFrame('close', normal)], [20, clientFrame('close', normal)], ...ended(21)]);
    expect(lines(steps)).toEqual(['await 0 close within 2020', `send ${hex(clientFrame('close', normal))} close`, 'end await-fin']);
  });

  it('breaks off as the client did', () => {
    expect(lines(talk([[20, clientSays('a')], ...left(20, 'reset')]).steps)).toEqual([
      `send ${hex(clientSays('a'))}`,
      'pause 50',
      'end reset',
    ]);
  });

  it('ends an exchange that was still open with Close 1000', () => {
    const { steps } = talk([[20, clientSays('a')]]);
    expect(lines(steps)).toEqual([expect.stringMatching(/8882.{12} close$/), 'end await-fin']);
  });

  it('leaves out the answers to Pings, and keeps Pongs that nobody asked for', () => {
    const beat = Buffer.from('beat');
    const conversation = talk([
      [20, serverFrame('ping', beat)],
      [21, clientFrame('pong', beat)],
      [22, clientFrame('pong', beat)],
      ...left(22),
    ]);
    expect(lines(conversation.steps)).toEqual([`send ${hex(clientFrame('pong', beat))}`, 'end fin']);
    expect(conversation.answersPings).toBe(true);
  });

  it('answers no Pings when the recorded client did not', () => {
    expect(talk([[20, serverFrame('ping')], [21, clientSays('a')], ...left(21)]).answersPings).toBe(false);
  });

  it('sends the start of a frame that was never finished', () => {
    const cut = clientSays('abcdef').chunk.subarray(0, 8);
    expect(lines(talk([[20, { from: 'client', chunk: cut }], ...left(20)]).steps)).toEqual([
      `send ${Buffer.from(cut).toString('hex')}`,
      'end fin',
    ]);
  });

  it('finds the frames however the chunks are cut', () => {
    const whole = Buffer.concat([clientSays('one').chunk, clientFrame('ping').chunk, clientSays('two').chunk]);
    const bytewise = [...whole].map((byte): Moment => [20, { from: 'client', chunk: Uint8Array.of(byte) }]);
    expect(lines(talk([...bytewise, ...left(20)]).steps)).toEqual([`send ${whole.toString('hex')}`, 'end fin']);
  });
});

describe('the conversation of a client that compressed', () => {
  const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';
  const agreed = (params = '') => switching(`Sec-WebSocket-Extensions: permessage-deflate${params}`);
  const deflated = (text: string): Buffer => deflateRawSync(Buffer.from(text), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
  const compressed = (text: string) => encodeMessage({ type: 'text', bytes: deflated(text), compressed: true, nextKey: () => key });
  const moments = (...chunks: readonly Uint8Array[]): Moment[] => [
    ...tunnel,
    ...handshake({ request: requestHead(offer), answer: agreed() }),
    ...chunks.map((chunk): Moment => [20, { from: 'client', chunk }]),
    ...left(20),
  ];
  const sent = (steps: readonly Step[]): string =>
    steps.flatMap((step) => (step.type === 'send' ? [Buffer.from(step.bytes).toString('hex')] : [])).join('');
  const answer = (raw: string) => parseHead(raw, 'response');

  it.each([
    ['the same', agreed()],
    ['the same for the client', agreed('; server_no_context_takeover')],
  ])('sends the recorded bytes when %s was agreed on', (_, raw) => {
    const { steps, notes } = conversationOf(recordedOf(moments(compressed('hello hello'))), answer(raw));
    expect(sent(steps)).toBe(Buffer.from(compressed('hello hello')).toString('hex'));
    expect(notes).toEqual([]);
  });

  it.each([
    ['no compression', switching()],
    ['another kind', agreed('; client_no_context_takeover')],
    ['a smaller window', agreed('; client_max_window_bits=9')],
  ])('sends them uncompressed when %s was agreed on, with their mask', (_, raw) => {
    const { steps, notes } = conversationOf(recordedOf(moments(compressed('hello hello'))), answer(raw));
    expect(sent(steps)).toBe(hex(clientSays('hello hello')));
    expect(notes).toEqual(['The handshake now agreed on another compression; the messages were sent uncompressed.']);
  });

  it('joins the frames of a compressed message and keeps what stood between them', () => {
    const bytes = deflated('hello hello');
    const chunk = Buffer.concat([
      encodeFrame({ fin: false, rsv1: true, opcode: 1, payload: bytes.subarray(0, 3), maskKey: key }),
      clientFrame('ping').chunk,
      encodeFrame({ fin: true, opcode: 0, payload: bytes.subarray(3), maskKey: key }),
      clientSays('plain').chunk,
    ]);
    const { steps } = conversationOf(recordedOf(moments(chunk)), answer(switching()));
    expect(sent(steps)).toBe(hex(clientFrame('ping')) + hex(clientSays('hello hello')) + hex(clientSays('plain')));
  });

  it('sends as it is what cannot be inflated, and says so', () => {
    const broken = encodeMessage({ type: 'text', bytes: Uint8Array.of(0xff, 0xff, 0xff), compressed: true, nextKey: () => key });
    const { steps, notes } = conversationOf(recordedOf(moments(broken)), answer(switching()));
    expect(sent(steps)).toBe(Buffer.from(broken).toString('hex'));
    expect(notes).toContain('1 compressed messages could not be read and were sent as they were.');
  });
});

import { describe, expect, it } from 'vitest';
import { messageLine } from '../../src/recording/message-json.js';
import type { Message } from '../../src/wire/messages.js';

const at = '2026-01-31T09:05:00.000000Z';
const line = (bytes: Uint8Array, rest: Partial<Message> = {}): unknown => {
  const message: Message = {
    from: 'client',
    type: 'text',
    bytes,
    length: bytes.length,
    wireBytes: bytes.length + 6,
    frames: 1,
    cut: false,
    compressed: false,
    ...rest,
  };
  return JSON.parse(messageLine('e1', at, message));
};

describe('a message is one line', () => {
  it('with its text', () => {
    expect(line(Buffer.from('grüße'))).toEqual({
      exchange: 'e1',
      at,
      from: 'client',
      type: 'text',
      text: 'grüße',
      bytes: 7,
      wireBytes: 13,
      frames: 1,
    });
  });

  it('with base64 when it is binary, or a text that is no UTF-8', () => {
    expect(line(Buffer.from([1, 2]), { type: 'binary', compressed: true })).toMatchObject({ base64: 'AQI=', compressed: true });
    expect(line(Buffer.from([0x61, 0xff]), { error: 'The text is no UTF-8.' })).toMatchObject({
      base64: 'Yf8=',
      error: 'The text is no UTF-8.',
    });
  });

  it('with the code and reason of a Close', () => {
    expect(line(Buffer.from([0x03, 0xe8, 0x62, 0x79, 0x65]), { type: 'close' })).toMatchObject({
      type: 'close',
      base64: 'A+hieWU=',
      code: 1000,
      reason: 'bye',
    });
    expect(line(Buffer.alloc(0), { type: 'close' })).not.toHaveProperty('code');
  });

  it('with what is left of a text that was cut inside a character', () => {
    const cut = Buffer.from('1€').subarray(0, 3);
    expect(line(cut, { cut: true, length: 4 })).toMatchObject({ text: '1', bytes: 4, cut: true });
    expect(line(cut)).toMatchObject({ base64: cut.toString('base64') });
  });

  it('that no terminal obeys', () => {
    const message: Message = {
      from: 'server',
      type: 'text',
      bytes: Buffer.from('\x1b[2J\u009b'),
      length: 6,
      wireBytes: 8,
      frames: 1,
      cut: false,
      compressed: false,
    };
    expect(messageLine('e1', at, message)).toContain('"text":"\\u001b[2J\\u009b"');
  });
});

import { expect, test } from 'vitest';
import { hold, previewOf } from '../../../src/views/report/payload.js';
import type { Message } from '../../../src/wire/messages.js';

const message = (type: Message['type'], content: string | Buffer, more: Partial<Message> = {}): Message => {
  const bytes = Buffer.from(content);
  return {
    from: 'client',
    type,
    bytes,
    length: bytes.length,
    wireBytes: bytes.length + 6,
    frames: 1,
    cut: false,
    compressed: false,
    ...more,
  };
};
const preview = (one: Message) => previewOf(hold(one, '', 1));

test('a short text is its own line', () => {
  expect(preview(message('text', 'hello'))).toEqual({ line: 'hello', more: null, form: 'text', left: 0 });
});

test('a text of several lines has its lines below', () => {
  expect(preview(message('text', 'a\nb'))).toMatchObject({ line: 'a\nb', more: 'a\nb', left: 0 });
});

test('of a long text 2 KiB are shown, no half character, and the rest is counted', () => {
  const { more, left } = preview(message('text', `x${'\u6f22'.repeat(2000)}`));
  expect(Buffer.byteLength(more ?? '')).toBe(2047 - ((2047 - 1) % 3));
  expect(more).not.toContain('\ufffd');
  expect(left).toBe(6001 - Buffer.byteLength(more ?? ''));
});

test('long JSON is shown member by member, also when only its start is here', () => {
  const whole = preview(message('text', JSON.stringify({ list: Array.from({ length: 60 }, (_, i) => i) })));
  expect(whole).toMatchObject({ form: 'json', left: 0 });
  expect(whole.more).toContain('\n    59\n');
  const long = JSON.stringify({ list: Array.from({ length: 9000 }, (_, i) => i) });
  const start = preview(message('text', long));
  expect(start.form).toBe('json');
  expect(start.left).toBeGreaterThan(40_000);
  expect(start.left).toBeLessThan(long.length - 2000);
});

test('binary is a hex dump, as hexdump -C writes it', () => {
  const { line, more, left } = preview(message('binary', Buffer.from('GET / HTTP/1.1\r\n\x00\xffrest', 'latin1')));
  expect(line).toBe('47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a …');
  expect(more?.split('\n')).toEqual([
    '0000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..',
    '0010  00 ff 72 65 73 74                                 ..rest',
  ]);
  expect(left).toBe(0);
});

test('of long binary 512 bytes are shown', () => {
  const { more, left } = preview(message('binary', Buffer.alloc(5000)));
  expect(more?.split('\n')).toHaveLength(32);
  expect(left).toBe(4488);
});

test('a text that is no UTF-8 is bytes', () => {
  expect(preview(message('text', Buffer.from('ff fe', 'latin1')))).toMatchObject({ form: 'text' });
  expect(preview(message('text', Buffer.from([0xff, 0xfe, 0x41])))).toMatchObject({ form: 'hex', line: 'ff fe 41' });
});

test('a Close says its code and reason, a ping its word, an empty payload nothing', () => {
  expect(preview(message('close', Buffer.from([0x0f, 0xa1, 0x62, 0x79, 0x65]))).line).toBe('4001 a code of the application "bye"');
  expect(preview(message('ping', 'are you there?')).line).toBe('are you there?');
  expect(preview(message('ping', Buffer.from([0, 1, 2]))).line).toBe('00 01 02');
  expect(preview(message('text', ''))).toEqual({ line: '', more: null, form: 'empty', left: 0 });
});

test('what waits to be written holds no chunk of the recording', () => {
  const chunk = Buffer.alloc(1 << 20, 'a');
  const held = hold(message('binary', Buffer.alloc(0), { bytes: chunk, length: chunk.length }), '', 1);
  expect(held.bytes.buffer.byteLength).toBeLessThan(64 * 1024);
  expect(held.length).toBe(1 << 20);
});

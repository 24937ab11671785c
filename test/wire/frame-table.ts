import type { FrameDefect, Sender } from '../../src/model/frame.js';

/** One stream of one side and what it says. Spaces in `hex` are for the eye; `messages` are `type:hex of the payload`. */
export interface FrameRow {
  readonly name: string;
  readonly from: Sender;
  readonly hex: string;
  readonly frames: number;
  readonly messages: readonly string[];
  readonly defects: readonly `${FrameDefect['code']}@${number}`[];
  readonly close?: readonly [code: number, reason: string];
  /** permessage-deflate was agreed on. */
  readonly deflate?: true;
  /** ws goes on over this defect, so that it is not asked. */
  readonly wsTolerates?: true;
}

const zeros = (bytes: number) => '00'.repeat(bytes);
const a = (bytes: number) => '61'.repeat(bytes);

/** Examples of RFC 6455 section 5.7 and RFC 7692 section 7.2.3 come first. */
export const validRows: readonly FrameRow[] = [
  { name: 'an unmasked text', from: 'server', hex: '81 05 48656c6c6f', frames: 1, messages: ['text:48656c6c6f'], defects: [] },
  { name: 'a masked text', from: 'client', hex: '81 85 37fa213d 7f9f4d5158', frames: 1, messages: ['text:48656c6c6f'], defects: [] },
  { name: 'a fragmented text', from: 'server', hex: '01 03 48656c 80 02 6c6f', frames: 2, messages: ['text:48656c6c6f'], defects: [] },
  { name: 'a ping with a payload', from: 'server', hex: '89 05 48656c6c6f', frames: 1, messages: ['ping:48656c6c6f'], defects: [] },
  { name: 'a masked pong', from: 'client', hex: '8a 85 37fa213d 7f9f4d5158', frames: 1, messages: ['pong:48656c6c6f'], defects: [] },
  {
    name: 'a binary of 256 bytes',
    from: 'server',
    hex: `82 7e 0100 ${zeros(256)}`,
    frames: 1,
    messages: [`binary:${zeros(256)}`],
    defects: [],
  },
  {
    name: 'a binary of 64 KiB',
    from: 'server',
    hex: `82 7f 0000000000010000 ${zeros(65536)}`,
    frames: 1,
    messages: [`binary:${zeros(65536)}`],
    defects: [],
  },
  { name: 'an empty text', from: 'server', hex: '81 00', frames: 1, messages: ['text:'], defects: [] },
  { name: 'an empty masked text', from: 'client', hex: '81 80 01020304', frames: 1, messages: ['text:'], defects: [] },
  { name: 'a text of 125 bytes', from: 'server', hex: `81 7d ${a(125)}`, frames: 1, messages: [`text:${a(125)}`], defects: [] },
  { name: 'a text of 126 bytes', from: 'server', hex: `81 7e 007e ${a(126)}`, frames: 1, messages: [`text:${a(126)}`], defects: [] },
  {
    name: 'a ping between two fragments',
    from: 'server',
    hex: '01 01 61 89 00 00 00 80 01 62',
    frames: 4,
    messages: ['ping:', 'text:6162'],
    defects: [],
  },
  { name: 'empty fragments only', from: 'server', hex: '02 00 00 00 80 00', frames: 3, messages: ['binary:'], defects: [] },
  { name: 'a character over two fragments', from: 'server', hex: '01 01 c3 80 01 a9', frames: 2, messages: ['text:c3a9'], defects: [] },
  {
    name: 'a Close with code and reason',
    from: 'server',
    hex: '88 05 03e8 627965',
    frames: 1,
    messages: ['close:03e8627965'],
    defects: [],
    close: [1000, 'bye'],
  },
  {
    name: 'a masked Close',
    from: 'client',
    hex: '88 82 01020304 02eb',
    frames: 1,
    messages: ['close:03e9'],
    defects: [],
    close: [1001, ''],
  },
  { name: 'an empty Close', from: 'server', hex: '88 00', frames: 1, messages: ['close:'], defects: [], close: [1005, ''] },
  {
    name: 'a Close of 125 bytes',
    from: 'server',
    hex: `88 7d 0bb8 ${a(123)}`,
    frames: 1,
    messages: [`close:0bb8${a(123)}`],
    defects: [],
    close: [3000, 'a'.repeat(123)],
  },
  {
    name: 'a compressed text',
    from: 'server',
    hex: 'c1 07 f248cdc9c90700',
    frames: 1,
    messages: ['text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'a compressed text in two fragments',
    from: 'server',
    hex: '41 03 f248cd 80 04 c9c90700',
    frames: 2,
    messages: ['text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'two compressed texts that share a window',
    from: 'server',
    hex: 'c1 07 f248cdc9c90700 c1 05 f200110000',
    frames: 2,
    messages: ['text:48656c6c6f', 'text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'compression without compression: a stored block',
    from: 'server',
    hex: 'c1 0b 00 0500 faff 48656c6c6f 00',
    frames: 1,
    messages: ['text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'compression with a final block',
    from: 'server',
    hex: 'c1 08 f348cdc9c9070000',
    frames: 1,
    messages: ['text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'compression with two blocks',
    from: 'server',
    hex: 'c1 0d f248050000 00ffff cac9c90700',
    frames: 1,
    messages: ['text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
  {
    name: 'an uncompressed text between compressed ones',
    from: 'server',
    hex: 'c1 07 f248cdc9c90700 81 01 61 c1 05 f200110000',
    frames: 3,
    messages: ['text:48656c6c6f', 'text:61', 'text:48656c6c6f'],
    defects: [],
    deflate: true,
  },
];

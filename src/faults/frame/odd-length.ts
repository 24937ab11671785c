import { writeOddLength } from '../../wire/write-wire-frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'odd-length',
  stage: 'frame',
  leg: 'both',
  title: 'The length of a frame is written in an odd way',
  about:
    'The header of a frame tells its length in more bits than it needs, with its highest bit set, or tells far more bytes than ever come (RFC 6455 section 5.2). Behind the last two whatever follows is part of that frame for the receiver.',
  imitates: 'A frame writer that always takes 64 bits, a counter that has become negative, an attacker who wants memory.',
  params: {
    from: fromParam(),
    form: {
      type: 'string',
      default: 'long-16',
      choices: ['long-16', 'long-64', 'top-bit', 'huge'],
      about:
        '`long-16` and `long-64`: the true length in so many bits though fewer do; `top-bit`: the true length in 64 bits with the highest set; `huge`: the length that `bytes` says.',
    },
    bytes: {
      type: 'number',
      default: 2 ** 40,
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
      whole: true,
      about: 'The length that is told with `form=huge`.',
    },
    ...frameParams({ frame: 1, kind: 'data' }),
  },
  example: 'odd-length:form=long-16',
  expects: ['frame.length', 'frame.too-big'],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'Nothing with the long forms; else an error: Unsupported WebSocket frame: payload length > 2^53 - 1, or Max payload size exceeded; it sends Close 1009.',
    },
    { client: 'Chromium', sees: 'Console: Invalid frame header with all but `huge`, which ends in close 1006 without a word.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server, with the long forms, too; close 1006." },
    { client: 'Python websockets 10', sees: 'Nothing with the long forms; else ConnectionClosedError: sent 1009 (message too big).' },
    {
      client: 'Go gorilla, Go coder',
      sees: 'Nothing with the long forms; with `top-bit` read limit exceeded, or: received negative payload length.',
    },
  ],
  rows: ['frame.len-nonminimal', 'frame.len-msb', 'frame.len-huge'],
  apply: (start, { from, form, bytes, ...params }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = framePicker(params, random);
    const toldFor = (length: number): { readonly bits: 16 | 64; readonly told: bigint } | undefined => {
      if (form === 'long-16') return length < 126 ? { bits: 16, told: BigInt(length) } : undefined;
      if (form === 'long-64') return length < 0x10000 ? { bits: 64, told: BigInt(length) } : undefined;
      return { bits: 64, told: form === 'huge' ? BigInt(bytes) : BigInt(length) | (1n << 63n) };
    };
    return {
      push: (frame) => {
        const told = toldFor(frame.payload.length);
        return told && chosen(frame) ? [{ type: 'wire', bytes: writeOddLength(frame, told) }] : undefined;
      },
    };
  },
});

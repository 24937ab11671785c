import { isUtf8 } from 'node:buffer';
import type { Random } from '../../model/clock.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

export const fault = defineFault({
  id: 'corrupt-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive with wrong bits',
  about:
    'Bits of the payload are flipped at places drawn from the seed; header and length stay right, so the frame itself is sound. A text stays UTF-8 with `utf8=valid`: only characters change. With `utf8=invalid` one of its bytes becomes FF, which no UTF-8 holds, and the receiver must fail the connection (RFC 6455 section 8.1).',
  imitates: 'A broken compression or encryption step in a gateway, a bug that writes to a buffer that is still being sent.',
  params: {
    from: fromParam(),
    ...messageParams,
    bits: { type: 'number', default: 1, min: 1, max: 10_000, whole: true, about: 'How many bits of each message are flipped.' },
    utf8: { type: 'string', default: 'valid', choices: ['valid', 'invalid'], about: 'Whether a text message stays valid UTF-8.' },
  },
  example: 'corrupt-message:message=1',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing; the application gets wrong data, often JSON that does not parse.' },
    {
      client: 'ws (Node), with `utf8=invalid`',
      sees: 'Invalid WebSocket frame: invalid UTF-8 sequence (WS_ERR_INVALID_UTF8), close 1007.',
    },
    { client: 'Chromium, with `utf8=invalid`', sees: 'Could not decode a text frame as UTF-8., close 1006.' },
    { client: 'Python websockets, with `utf8=invalid`', sees: 'Sent 1007 (invalid data).' },
    { client: 'Go (gorilla, coder), with `utf8=invalid`', sees: 'Nothing: they do not check.' },
  ],
  rows: ['frame.corrupt'],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    return {
      push: (message) => {
        if (message.payload.length === 0 || !chosen(message)) return undefined;
        const payload = Uint8Array.from(message.payload);
        if (message.type === 'binary') flip(payload, params.bits, random);
        else if (params.utf8 === 'invalid') payload[at(payload, random)] = 0xff;
        else if (isUtf8(payload)) flipText(payload, params.bits, random);
        else flip(payload, params.bits, random);
        return Buffer.compare(payload, message.payload) === 0 ? undefined : [{ type: 'unit', unit: rewritten(message, { payload }) }];
      },
    };
  },
});

const at = ({ length }: Uint8Array, random: Random): number => Math.floor(random.next() * length);

const flip = (payload: Uint8Array, times: number, random: Random): void => {
  for (let left = times; left > 0; left--) {
    const place = at(payload, random);
    payload[place] = (payload[place] ?? 0) ^ (1 << Math.floor(random.next() * 8));
  }
};

/**
 * The low bits of an ASCII character, or of the last byte of a longer one, leave a text what it is: valid UTF-8. Of a place in the middle
 * of a character the next such byte is taken.
 */
const flipText = (payload: Uint8Array, times: number, random: Random): void => {
  for (let left = times; left > 0; left--) {
    let place = at(payload, random);
    while (((payload[place + 1] ?? 0) & 0xc0) === 0x80) place++;
    const bits = (payload[place] ?? 0) < 0x80 ? 7 : 6;
    payload[place] = (payload[place] ?? 0) ^ (1 << Math.floor(random.next() * bits));
  }
};

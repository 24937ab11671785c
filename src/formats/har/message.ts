import { isUtf8 } from 'node:buffer';
import { timeOf } from '../../model/clock.js';
import { opcodes } from '../../model/frame.js';
import { safeJson } from '../../recording/codec.js';
import type { TimedMessage } from '../../recording/read-messages.js';

/** Seconds since the epoch, as Chromium and mitmproxy count; a double keeps the microseconds. */
export const secondsOf = (at: string): number => Math.round(timeOf(at) * 1000) / 1e6;

/**
 * One member of `_webSocketMessages`, as Chromium's DevTools write and read it: text as text, everything else as base64. Pings, Pongs and
 * Closes stand among them with their own opcodes, which DevTools have names for. What that cannot say is under `_shakedown`: the length
 * of a payload that is cut here, the bytes of a text that is no UTF-8, in how many frames it came, and whether it was compressed.
 */
export const messageJson = ({ message, at }: TimedMessage): string => {
  const { from, type, bytes, length, frames, cut, compressed, error } = message;
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isText = type === 'text';
  const broken = isText && !isUtf8(payload);
  const own = {
    ...(cut ? { bytes: length } : {}),
    ...(broken ? { base64: payload.toString('base64') } : {}),
    ...(frames > 1 ? { frames } : {}),
    ...(compressed ? { compressed } : {}),
    ...(error === undefined ? {} : { error }),
  };
  return safeJson({
    type: from === 'client' ? 'send' : 'receive',
    time: secondsOf(at),
    opcode: opcodes[type],
    data: payload.toString(isText ? 'utf8' : 'base64'),
    ...(Object.keys(own).length > 0 ? { _shakedown: own } : {}),
  });
};

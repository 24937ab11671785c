import { opcodes } from '../../model/frame.js';
import type { Message } from '../../wire/messages.js';
import type { ToldMessage } from '../frame-events.js';
import { Misfit, maybe, numberAt, objectAt, type Place, textAt } from '../misfit.js';
import { latestMs } from '../told.js';

const typeOf = new Map<number, Message['type']>(
  (['text', 'binary', 'ping', 'pong', 'close'] as const).map((type) => [opcodes[type], type]),
);

const base64Of = (place: Place, key: string): Buffer => {
  const text = textAt(place, key);
  if (!/^[A-Za-z0-9+/_-]*={0,2}\s*$/.test(text)) throw new Misfit(`${place.where}.${key}`, 'is no base64');
  return Buffer.from(text, 'base64');
};

/** One member of `_webSocketMessages`. Throws a Misfit. */
export const readMessage = (place: Place): ToldMessage => {
  const direction = textAt(place, 'type');
  // DevTools put what went wrong with a connection among its messages.
  if (direction === 'error') throw new Misfit(place.where, `is no message but an error: ${maybe(textAt, place, 'data') ?? ''}`);
  if (direction !== 'send' && direction !== 'receive') throw new Misfit(`${place.where}.type`, 'is neither send nor receive');
  const type = typeOf.get(numberAt(place, 'opcode'));
  if (!type) throw new Misfit(`${place.where}.opcode`, 'is that of no message');
  const atMs = numberAt(place, 'time') * 1000;
  if (!(atMs >= 0 && atMs < latestMs)) throw new Misfit(`${place.where}.time`, 'is no time in seconds since 1970');
  const own = maybe(objectAt, place, '_shakedown');
  const error = own && maybe(textAt, own, 'error');
  if (own?.value.compressed === true && error !== undefined) throw new Misfit(place.where, `could not be inflated: ${error}`);
  const exact = own && maybe(base64Of, own, 'base64');
  const bytes = exact ?? (type === 'text' ? Buffer.from(textAt(place, 'data')) : base64Of(place, 'data'));
  const length = (own && maybe(numberAt, own, 'bytes')) ?? bytes.length;
  return {
    from: direction === 'send' ? 'client' : 'server',
    type,
    bytes,
    length: Number.isSafeInteger(length) ? length : bytes.length,
    atMs,
  };
};

import { opcodes } from '../../model/frame.js';
import { own } from '../../recording/shape.js';
import type { Message } from '../../wire/messages.js';
import { type ToldMessage, trueLength } from '../frame-events.js';
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

/** DevTools put what went wrong with a connection among its messages; undefined for a message. */
export const errorIn = ({ value }: Pick<Place, 'value'>): string | undefined => {
  if (own(value, 'type') !== 'error') return undefined;
  const text = own(value, 'data');
  return typeof text === 'string' ? text : '';
};

/** In the year 5138. */
const mostSeconds = 1e11;

/** One member of `_webSocketMessages`. Throws a Misfit. */
export const readMessage = (place: Place): ToldMessage => {
  const direction = textAt(place, 'type');
  if (direction !== 'send' && direction !== 'receive') throw new Misfit(`${place.where}.type`, 'is neither send nor receive');
  const type = typeOf.get(numberAt(place, 'opcode'));
  if (!type) throw new Misfit(`${place.where}.opcode`, 'is that of no message');
  const told = numberAt(place, 'time');
  // Playwright counts in milliseconds.
  const atMs = told > mostSeconds ? told : told * 1000;
  if (!(atMs >= 0 && atMs < latestMs)) throw new Misfit(`${place.where}.time`, 'is no time in seconds since 1970');
  const more = maybe(objectAt, place, '_shakedown');
  const error = more && maybe(textAt, more, 'error');
  if (more?.value.compressed === true && error !== undefined) throw new Misfit(place.where, `could not be inflated: ${error}`);
  const exact = more && maybe(base64Of, more, 'base64');
  const bytes = exact ?? (type === 'text' ? Buffer.from(textAt(place, 'data')) : base64Of(place, 'data'));
  const length = trueLength(more && maybe(numberAt, more, 'bytes'), bytes);
  return { from: direction === 'send' ? 'client' : 'server', type, bytes, length, atMs };
};

import type { Sender } from '../model/frame.js';
import type { Message } from '../wire/messages.js';
import { firstDifference } from './around.js';
import type { Compared } from './comparison.js';
import type { Difference } from './contrast.js';
import { jsonDifference } from './json-difference.js';
import { sameButNonces } from './nonces.js';

const shownBytes = 48;
const bytesBefore = 8;

/** Data messages of one side, one at a time. Pings go by the clock, and a Close is compared by its code. */
async function* saidBy(from: Sender, { messages }: Compared): AsyncGenerator<Message, undefined> {
  for await (const batch of messages()) {
    for (const { message } of batch) if (message.from === from && (message.type === 'text' || message.type === 'binary')) yield message;
  }
}

/**
 * Where the two conversations part: of each side the first message that is not the same, and behind it nothing. How messages were cut into
 * frames and whether they were compressed is not compared. Memory holds one message of each.
 */
export const contrastMessages = async (a: Compared, b: Compared): Promise<readonly Difference[]> => [
  ...(await contrastSide('client', a, b)),
  ...(await contrastSide('server', a, b)),
];

const contrastSide = async (from: Sender, a: Compared, b: Compared): Promise<readonly Difference[]> => {
  const [one, other] = [saidBy(from, a), saidBy(from, b)];
  const small = new Map<Difference['kind'], Difference>();
  try {
    for (let nth = 1; ; nth++) {
      const [first, second] = [(await one.next()).value, (await other.next()).value];
      if (!first && !second) return [...small.values()];
      const found = contrastMessage(`message.${from} ${nth}`, first, second);
      if (!found) continue;
      if (found.kind !== 'noise' && found.kind !== 'small-message') return [...small.values(), found];
      // The first one stands for all of its kind.
      if (!small.has(found.kind)) small.set(found.kind, found);
    }
  } finally {
    await Promise.all([one.return(undefined), other.return(undefined)]);
  }
};

export const saysTheSame = (a: Message, b: Message): boolean =>
  a.type === b.type && a.length === b.length && Buffer.compare(a.bytes, b.bytes) === 0;

/** Undefined when both say the same. */
export const contrastMessage = (where: string, a: Message | undefined, b: Message | undefined): Difference | undefined => {
  if (!a || !b) {
    return { kind: 'message-count', where, a: a ? wholeText(a) : '', b: b ? wholeText(b) : '' };
  }
  if (saysTheSame(a, b)) return undefined;
  if (a.type !== 'text' || b.type !== 'text') return { kind: 'message', where, ...contrastBytes(a, b) };
  const [one, other] = [textOf(a), textOf(b)];
  const json = jsonDifference(one, other);
  if (json === 'same') return { kind: 'noise', where, a: one, b: other, note: 'The same JSON, written otherwise.' };
  if (sameButNonces(one, other)) return { kind: 'noise', where, a: one, b: other, note: 'Only times and ids in it.' };
  const at = `character ${firstDifference(one, other) + 1}`;
  if (!json) return { kind: 'message', where, a: one, b: other, note: `At ${at}.` };
  return { kind: json.small ? 'small-message' : 'message', where, a: one, b: other, note: `At ${json.path}, ${at}.` };
};

const buffer = ({ bytes }: Message): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textOf = (message: Message): string => buffer(message).toString('utf8');

/** No more than is shown of it, from its beginning. */
const wholeText = (message: Message): string =>
  message.type === 'text' ? textOf(message) || '(empty)' : `${message.length} bytes ${buffer(message).toString('hex', 0, shownBytes)}`;

const contrastBytes = (a: Message, b: Message): { readonly a: string; readonly b: string; readonly note: string } => {
  const [one, other] = [buffer(a), buffer(b)];
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  const from = Math.max(0, at - bytesBefore);
  const shown = ({ type, length }: Message, bytes: Buffer) =>
    `${type}, ${length} bytes: ${from > 0 ? '…' : ''}${bytes.toString('hex', from, from + shownBytes)}${bytes.length > from + shownBytes ? '…' : ''}`;
  return { a: shown(a, one), b: shown(b, other), note: `At byte ${at + 1}.` };
};

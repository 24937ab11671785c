import { type Find, isNothing, looksRandom } from './find.js';
import { keyClassOf } from './key-words.js';

/** Words in front of credentials that stay readable. */
const scheme = /^(?:Bearer|Basic|Token|ApiKey) {1,16}(?=\S)/i;

/** Fields that say what something is, and never hold a secret. */
const says =
  /^(?:content-type|accept|type|kind|locale|lang|language|platform|os|client|user-?agent|timezone|x-requested-with|name|apollo\w*|.*-name|.*-version|version)$/i;

/**
 * Every string value of the object or array that begins at `from`, at any depth, and where it ends. Linear and without a stack: brackets are counted.
 * `kind` stands for what object it is.
 */
export const jsonLeaves = (
  text: string,
  from: number,
  kind: Find['kind'] = 'value of a secret key',
): { readonly finds: readonly Find[]; readonly end: number } => {
  const finds: Find[] = [];
  let depth = 0;
  let key = '';
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) return { finds, end: at + 1 };
    } else if (code === 0x22) {
      const stop = stringEnd(text, at + 1);
      let next = stop + 1;
      while (next < text.length && text.charCodeAt(next) <= 0x20) next++;
      if (text[next] === ':') key = text.slice(at + 1, Math.min(stop, at + 65));
      else {
        const value = text.slice(at + 1, stop);
        const start = at + 1 + (scheme.exec(value)?.[0].length ?? 0);
        const strong = keyClassOf(key)?.when === 'strong';
        if (!isNothing(value) && stop > start && (strong || looksRandom(value) || !says.test(key)))
          finds.push({ start, end: stop, kind, reach: strong || start > at + 1 ? 'token' : 'random' });
      }
      at = stop;
    }
  }
  return { finds, end: text.length };
};

const stringEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
};

const payloadOf = /"payload"\s{0,64}:\s{0,64}(?=\{)/g;

/**
 * Objects that are all credentials: the payload of `connection_init` (graphql-ws and subscriptions-transport-ws), and what a client of Socket.IO says
 * when it connects (`40{"token":"..."}`, with a namespace `40/admin,{...}`).
 */
export const findPayloads = (text: string, finds: Find[]): void => {
  const socketIo = text.startsWith('40') ? /^40(?:\/[^,{]{0,256},)?(?=\{)/.exec(text) : null;
  // The server's answer has the same shape; its `sid` is found by its name.
  if (socketIo && !text.startsWith('{"sid":', socketIo[0].length)) {
    for (const find of jsonLeaves(text, socketIo[0].length, 'connection payload').finds) finds.push(find);
  }
  if (socketIo || !text.includes('"connection_init"')) return;
  payloadOf.lastIndex = 0;
  for (let match = payloadOf.exec(text); match; match = payloadOf.exec(text)) {
    const leaves = jsonLeaves(text, payloadOf.lastIndex, 'connection payload');
    for (const find of leaves.finds) finds.push(find);
    payloadOf.lastIndex = leaves.end;
  }
};

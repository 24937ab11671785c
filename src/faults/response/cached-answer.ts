import { field, opens } from '../../model/head.js';
import { addField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { acceptEffects } from '../handshake-effects.js';
import { earlierAccept } from './wrong-accept.js';

export const fault = defineFault({
  id: 'cached-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The 101 comes out of a cache',
  about:
    'The client gets an accept value that belongs to the key of an earlier handshake, together with the marks of a cache: Age and X-Cache: HIT. RFC 6455 section 1.3 has the key and its hash for just that.',
  imitates:
    'A CDN, a reverse proxy or a transparent cache that stores answers by their URL and looks neither at Upgrade nor at the method.',
  params: {
    age: { type: 'number', default: 37, min: 0, max: 31_536_000, whole: true, about: 'How old the answer claims to be, seconds.' },
    cache: { type: 'string', default: 'HIT from cache.example', about: 'What X-Cache says.' },
  },
  example: 'cached-answer',
  expects: ['intermediary.caching'],
  effects: acceptEffects,
  rows: ['hop.cached-101'],
  apply: (head, { age, cache }) => {
    if (!opens(head) || field(head, 'Sec-WebSocket-Accept') === undefined) return undefined;
    const raw = setField(head.raw, 'Sec-WebSocket-Accept', earlierAccept);
    return { raw: addField(addField(raw, 'Age', String(age)), 'X-Cache', cache) };
  },
});

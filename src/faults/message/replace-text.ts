import { isUtf8 } from 'node:buffer';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';
import { compileTextPattern } from '../text-pattern.js';

/** Longer messages are left alone, and a longer pattern is refused: what a stranger sends must not make the search slow. */
const mostText = 1024 * 1024;
const mostPattern = 256;

export const fault = defineFault({
  id: 'replace-text',
  stage: 'message',
  leg: 'both',
  title: 'Text messages say something else',
  about:
    'In text messages, what matches `find` is replaced by `put`. `find` is taken letter by letter, but for `*`, which stands for any characters, as few as possible (at the end of the pattern: all that are left); `\\*` is a star. Messages over 1 MiB are left alone.',
  imitates: 'A gateway that rewrites URLs or host names in payloads, a filter for words, a server of another version.',
  params: {
    from: fromParam(),
    ...messageParams,
    find: { type: 'string', default: '*', anyText: true, about: 'What is replaced, with `*` for any characters; at most 256 characters.' },
    put: { type: 'string', default: 'replaced by shakedown', anyText: true, about: 'What stands in its place, as it is.' },
    all: { type: 'boolean', default: true, about: 'All places of a message, or the first one only.' },
  },
  example: 'replace-text:find=one,put=eins',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application reads another text.' }],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const { find, put, all } = params;
    if (find === '' || find.length > mostPattern) throw new Error(`find takes 1 to ${mostPattern} characters, and has ${find.length}`);
    const chosen = messagePicker(params, random);
    const pattern = compileTextPattern(find);
    return {
      push: (message) => {
        const { payload, type } = message;
        if (type !== 'text' || payload.length > mostText || !chosen(message) || !isUtf8(payload)) return undefined;
        const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
        const replaced = pattern.replace(text, put, { all, limit: mostText });
        if (replaced === undefined || replaced === text) return undefined;
        return [{ type: 'unit', unit: rewritten(message, { payload: Buffer.from(replaced, 'utf8') }) }];
      },
    };
  },
});

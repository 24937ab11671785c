import { isUtf8 } from 'node:buffer';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { findJsonSpan, readJsonPath } from '../json-span.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

const mostText = 1024 * 1024;

export const fault = defineFault({
  id: 'replace-json',
  stage: 'message',
  leg: 'both',
  title: 'A value in JSON messages is another one',
  about:
    'In text messages that are JSON, the value at `path` becomes `value`; every other character stays as it is. Messages without that value, those that are no JSON, and those over 1 MiB are left alone.',
  imitates: 'A server of another version, a null where nobody expects one, a number that became a text.',
  params: {
    from: fromParam(),
    ...messageParams,
    path: { type: 'string', default: '$', anyText: true, about: 'Where: `user.name`, `items[0].id`, `["a.b"]`; `$` is the whole message.' },
    value: { type: 'string', default: 'null', anyText: true, about: 'What: JSON, and what is no JSON is taken for a text.' },
  },
  example: 'replace-json:path=price,value=null',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application reads another value, and may throw a TypeError on null.' }],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const steps = readJsonPath(params.path);
    if (!steps) throw new Error(`the path ${JSON.stringify(params.path)} cannot be read: write user.name, items[0].id or ["a.b"]`);
    const chosen = messagePicker(params, random);
    const put = isJson(params.value) ? params.value : JSON.stringify(params.value);
    return {
      push: (message) => {
        const { payload, type } = message;
        if (type !== 'text' || payload.length > mostText || !chosen(message) || !isUtf8(payload)) return undefined;
        const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
        if (!isJson(text)) return undefined;
        const span = findJsonSpan(text, steps);
        if (!span || text.slice(span.start, span.end) === put) return undefined;
        const replaced = text.slice(0, span.start) + put + text.slice(span.end);
        return [{ type: 'unit', unit: rewritten(message, { payload: Buffer.from(replaced, 'utf8') }) }];
      },
    };
  },
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

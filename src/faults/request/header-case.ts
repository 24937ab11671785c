import { cases, withNamesIn } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'header-case',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The names of the fields come in another case',
  about:
    'Rewrites the names of all request fields in lower, upper, title or swapped case. They mean the same (RFC 9110 section 5.1), so a server that minds has a bug: it compares `Sec-WebSocket-Key` letter by letter.',
  imitates:
    'A hop that speaks HTTP/2 on one side (all names in lower case), Go and its Sec-Websocket-Key, an old proxy that writes fields anew.',
  params: { case: { type: 'string', default: 'lower', choices: cases, about: 'Which case; `title` is that of Go.' } },
  example: 'header-case:case=lower',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless the server looks at the case.' }],
  apply: ({ raw }, values) => ({ raw: withNamesIn(raw, values.case) }),
});

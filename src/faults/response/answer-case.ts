import { cases, withNamesIn, withValuesIn } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'answer-case',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'Names and words of the answer come in another case',
  about:
    'Rewrites the names of all fields of the answer in another case, or the words websocket and Upgrade in their values. Both mean the same (RFC 9110 section 5.1, RFC 6455 section 4.1), so a client that minds has a bug.',
  imitates:
    'Node, Go, Java and Python servers, which all write these names in their own way; a hop that speaks HTTP/2 on one side (lower case).',
  params: {
    case: { type: 'string', default: 'lower', choices: cases, about: 'Which case.' },
    what: {
      type: 'string',
      default: 'both',
      choices: ['names', 'values', 'both'],
      about: 'The names, the values of Upgrade and Connection, or both.',
    },
  },
  example: 'answer-case:case=upper',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open.' }],
  apply: ({ raw }, { what, ...values }) => {
    const named = what === 'values' ? raw : withNamesIn(raw, values.case);
    return { raw: what === 'names' ? named : withValuesIn(named, values.case, ['Upgrade', 'Connection']) };
  },
});

import { spacings, withSpacing } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'answer-spacing',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The fields of the answer have other spaces around their values',
  about:
    'Changes the optional white space between colon and value, or puts some behind the value. It is no part of the value (RFC 9112 section 5), so a client that minds has a bug: it compares the accept value with a space behind it.',
  imitates: 'A server or a device that writes its 101 by hand, a middlebox that aligns values.',
  params: {
    spacing: {
      type: 'string',
      default: 'wide',
      choices: spacings,
      about:
        '`none`: the value right behind the colon; `wide`: four spaces before it; `tab`: a tab before it; `trailing`: two spaces behind it; `trailing-tab`: a tab behind it.',
    },
  },
  example: 'answer-spacing:spacing=wide',
  expects: [],
  effects: [
    { client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open for `none`, `wide` and `tab`.' },
    {
      client: 'undici 7',
      sees: "'error' with an empty message, close 1006, for `trailing` and `trailing-tab`: it takes the spaces for a part of the value.",
    },
    {
      client: 'ws (Node)',
      sees: "'error': Unexpected server response: 101 for `trailing-tab`: Node overlooks the word Upgrade in Connection. Opens for `trailing`.",
    },
  ],
  apply: ({ raw }, { spacing }) => ({ raw: withSpacing(raw, spacing) }),
});

import { spacings, withSpacing } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'header-spacing',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The fields of the request have other spaces around their values',
  about:
    'Changes the optional white space between colon and value, or puts some behind the value. It is no part of the value (RFC 9112 section 5), so a server that minds has a bug: it cuts at a fixed place, or hashes the key with a space behind it.',
  imitates: 'A client or a proxy that was written by hand, a middlebox that aligns values.',
  params: {
    spacing: {
      type: 'string',
      default: 'trailing',
      choices: spacings,
      about:
        '`none`: the value right behind the colon; `wide`: four spaces before it; `tab`: a tab before it; `trailing`: two spaces behind it; `trailing-tab`: a tab behind it.',
    },
  },
  example: 'header-spacing:spacing=trailing',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing, unless the server takes the spaces for a part of the value: then a wrong accept value.' },
    {
      client: 'Node 20 as the server',
      sees: 'With `trailing-tab` it overlooks the word Upgrade in Connection and answers like to a plain request (200 or 426). Every other spacing opens.',
    },
  ],
  apply: ({ raw }, { spacing }) => ({ raw: withSpacing(raw, spacing) }),
});

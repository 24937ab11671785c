import { requestLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { percentEncoded } from '../../wire/percent.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'rewrite-path',
  stage: 'request',
  leg: 'server',
  title: 'The server is asked for another path',
  about:
    'The request target gets another path, or loses what stands in front of it. The query stays, or goes. Servers that tell WebSockets by their path answer 404, 400, or a page with 200; others let the client in at the wrong door.',
  imitates:
    'A proxy_pass with a URI behind it, a path prefix that an ingress strips or does not strip, a slash that is missing at the end, a wrong base path in the configuration of the client.',
  params: {
    path: { type: 'string', default: '/nowhere', about: 'The path that the server gets. What may not stand in a path is percent-encoded.' },
    strip: { type: 'string', default: '', about: 'In place of `path`: take this away from the front of the path.' },
    query: { type: 'string', default: 'keep', choices: ['keep', 'drop'], about: 'What becomes of the query.' },
  },
  example: 'rewrite-path:path=/nowhere',
  expects: ['url.not-found', 'url.wrong-endpoint'],
  effects: refusedEffects,
  rows: ['url.rewrite-path'],
  apply: (head, { path, strip, query }) => {
    const { method, target, version } = requestLine(head);
    const [origin = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target) ?? [];
    const [was = '', ...rest] = target.slice(origin.length).split('?');
    if (strip !== '' && !was.startsWith(strip)) return undefined;
    const stripped = was.slice(strip.length);
    const is = strip === '' ? percentEncoded(path) : `${stripped.startsWith('/') ? '' : '/'}${stripped}`;
    const search = query === 'keep' && rest.length > 0 ? `?${rest.join('?')}` : '';
    return { raw: setStartLine(head.raw, `${method} ${origin}${is}${search} ${version}`) };
  },
});

import { field, requestLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'absolute-target',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The request line names the whole URL',
  about:
    'Writes `GET https://host/path` in place of `GET /path`. That is the form for proxies, which every server has to accept as well (RFC 9112 section 3.2.2). One that compares the target with a path as it stands answers 400 or 404.',
  imitates: 'A client that believes it talks to a proxy, a proxy that passes its request line on as it came.',
  params: {
    scheme: {
      type: 'string',
      default: 'http',
      choices: ['http', 'ws'],
      about: 'How the URL begins, with an s behind it where the server is reached by TLS.',
    },
  },
  example: 'absolute-target',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing, unless the server looks at the target as it stands: then the answer to an unknown path.' },
    ...refusedEffects,
  ],
  apply: (head, { scheme }, { target: { scheme: own } }) => {
    const { method, target, version } = requestLine(head);
    const host = field(head, 'Host');
    if (host === undefined || !target.startsWith('/')) return undefined;
    const secure = own === 'wss' || own === 'https' ? 's' : '';
    return { raw: setStartLine(head.raw, `${method} ${scheme}${secure}://${host}${target} ${version}`) };
  },
});

import { field, requestLine } from '../../model/head.js';
import { edgeSays } from '../edge-pages.js';
import { startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'url.not-found',
  cause: 'url',
  severity: 'error',
  title: 'The server knows nothing at that path',
  question: 'Was the handshake answered with 404 or 410?',
  remedy:
    'Correct the path: a trailing slash, a base path (/socket.io/, /cable, /hub), or the rewriting of a proxy. Some servers say 404 to an Origin that they refuse.',
  fixes: [
    { for: 'the client', text: 'Compare the path letter by letter with the route of the server, the trailing slash included.' },
    {
      for: 'nginx',
      text: 'A URI behind proxy_pass replaces the matched part of the path: leave it out to keep the path.',
      config: 'proxy_pass http://app;   # not http://app/',
    },
    ...remediesFor('handler'),
  ],
  rfc: 'RFC 6455 4.2.2',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 403, 404, 410);
    if (!answer) return undefined;
    const request = requestOf(exchange);
    if (answer.status === 403) {
      const says = edgeSays(answer);
      return says?.meaning === 'no-path'
        ? { confidence: 0.85, evidence: [startLine(answer), ...says.evidence, ...(request ? [startLine(request)] : [])] }
        : undefined;
    }
    // ActionCable and others answer 404 to a foreign Origin.
    const originInPlay = request !== undefined && field(request.head, 'Origin') !== undefined;
    return {
      confidence: originInPlay ? 0.7 : 0.85,
      evidence: [startLine(answer), ...(request ? [startLine(request)] : [])],
      title: `The server answered ${answer.text} for ${(request && requestLine(request.head).target) || 'that path'}`,
    };
  },
});

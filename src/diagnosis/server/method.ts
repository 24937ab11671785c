import { isHttp2, requestLine } from '../../model/head.js';
import { presentFields, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.method',
  cause: 'server',
  severity: 'error',
  title: 'The server does not allow this method here',
  question: 'Was the answer 405?',
  remedy:
    'A handshake is a GET. If it was one, the path belongs to an API that knows no GET; if not, something on the way turned an HTTP/2 CONNECT into something else.',
  fixes: [{ for: 'the client', text: 'Send the handshake as GET, to the path of the WebSocket.' }, ...remediesFor('handler')],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 405);
    const request = requestOf(exchange);
    if (!answer || !request) return undefined;
    const { method } = requestLine(request.head);
    return {
      confidence: 0.9,
      evidence: [startLine(answer), ...presentFields(answer, 'Allow'), startLine(request)],
      title:
        method === 'GET' || isHttp2(request.head)
          ? `The server does not allow ${method} at this path`
          : `The server does not allow ${method}: a handshake is a GET`,
    };
  },
});

import { field, type Head } from '../../model/head.js';
import { culpritOf, fromNodeHandler } from '../culprits.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { requestFlawsOf } from '../hops.js';
import { werkzeugMismatch } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

/** Express, uvicorn without a WebSocket library. */
const complaint = /Cannot GET \/|Unsupported upgrade request/;

/** WSGI (PEP 3333) knows no upgrades, and these servers give no application the socket: `runserver` of Django without Channels is the first of them. */
const wsgiOnly = /^(WSGIServer\/|waitress$)/;

/** A proxy that shows itself may have taken the Upgrade away. */
const hasHop = (head: Head): boolean => ['Server', 'Via', 'X-Cache', 'Age'].some((name) => field(head, name) !== undefined);

const soundly = (request: ReturnType<typeof requestOf>): boolean => request !== undefined && requestFlawsOf(request.head).length === 0;

export const rule = defineRule({
  code: 'server.no-upgrade-handler',
  cause: 'server',
  severity: 'error',
  title: 'The server has nobody who takes upgrades',
  question: 'Did the ordinary handler of a server answer, as if there were no Upgrade?',
  remedy: 'Attach the WebSocket server to the very http server that listens: app.listen() of Express makes another one.',
  fixes: remediesFor('handler'),
  rfc: 'RFC 9110 7.8',
  examine: (exchange) => {
    const ordinary = refusedWith(exchange, 200, 204, 404, 405);
    const request = requestOf(exchange);
    if (ordinary && fromNodeHandler(ordinary.head) && soundly(request) && !hasHop(ordinary.head))
      return {
        confidence: 0.87,
        evidence: [startLine(ordinary), ...presentFields(ordinary, 'Keep-Alive', 'X-Powered-By')],
        title: "Node's ordinary handler answered the handshake, as it does only where nobody listens for upgrades",
      };
    const wsgi = refusedWith(exchange, 200, 400, 404, 405, 426);
    if (wsgi && wsgiOnly.test(field(wsgi.head, 'Server') ?? '') && field(wsgi.head, 'Via') === undefined && soundly(request))
      return {
        confidence: 0.87,
        evidence: [startLine(wsgi), ...presentFields(wsgi, 'Server')],
        title: 'A WSGI server answered, which cannot take an upgrade, whatever the path',
      };
    const answer = refusedWith(exchange, 200, 400, 404);
    if (!answer) return undefined;
    const words = [complaint, werkzeugMismatch].find((one) => one.test(answer.body));
    const said = words && (words === complaint || soundly(request)) ? bodyExcerpt(answer.leg, answer.body, words) : undefined;
    const product = culpritOf(answer.head, answer.body)?.name ?? '';
    if (!said && !(answer.status === 200 && /^(Node http|Express)$/.test(product))) return undefined;
    return { confidence: said ? 0.68 : 0.6, evidence: [startLine(answer), ...(said ? [said] : [])] };
  },
});

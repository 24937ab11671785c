import { field } from '../../model/head.js';
import { lacks } from '../../model/imported.js';
import { fieldEvidence, presentFields, startLine } from '../evidence.js';
import { isLoginPage } from '../login-path.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.auth',
  cause: 'server',
  severity: 'error',
  title: 'The server wants to know who asks',
  question: 'Was the answer 401, or a redirect to a login?',
  remedy:
    'Send credentials. Browsers cannot set Authorization on a WebSocket: use a cookie, the query, a subprotocol, or the first message.',
  fixes: [
    {
      for: 'the client',
      text: 'Send the credentials.',
      config: "new WebSocket(url, { headers: { Authorization: 'Bearer ...' } });   // ws (Node), not browsers",
    },
    {
      for: 'the page',
      text: 'A cookie goes along only when its SameSite rule allows it: from another site it takes SameSite=None and Secure.',
      config: 'Set-Cookie: session=...; SameSite=None; Secure',
    },
  ],
  rfc: 'RFC 6455 10.5',
  examine: (exchange) => {
    const request = requestOf(exchange);
    // What a file leaves out was not missing from the request.
    const sent =
      request && !lacks(exchange, 'credentials')
        ? (['Authorization', 'Cookie'] as const)
            .map((name) => fieldEvidence(request, name))
            .map((piece) => ({ ...piece, text: piece.text.slice(0, 60) }))
        : [];
    const answer = refusedWith(exchange, 401);
    if (answer) {
      const challenged = field(answer.head, 'WWW-Authenticate') !== undefined;
      return { confidence: challenged ? 0.95 : 0.7, evidence: [startLine(answer), ...presentFields(answer, 'WWW-Authenticate'), ...sent] };
    }
    const redirect = refusedWith(exchange, 302, 303, 307);
    if (!redirect || !isLoginPage(field(redirect.head, 'Location') ?? '')) return undefined;
    return {
      confidence: 0.91,
      evidence: [startLine(redirect), fieldEvidence(redirect, 'Location'), ...sent],
      title: 'The server sends the handshake to a login page',
    };
  },
});

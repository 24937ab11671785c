import { bodyExcerpt, fieldEvidence, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.forbidden',
  cause: 'server',
  severity: 'error',
  title: 'The server forbids the handshake',
  question: 'Was the answer 403, for a reason that need not be the Origin?',
  remedy:
    'Look at the rights of the user, the token, the CSRF check and the address filter. To tell it from a refused Origin, try once with the Origin of the server and once with none.',
  fixes: [
    { for: 'the server', text: 'Look into its log for the rule that said no: rights, token, CSRF, address.' },
    {
      for: 'the client',
      text: 'Tell it from a refused Origin.',
      config:
        "curl -i -N --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H 'Origin: https://app.example' https://HOST/PATH",
    },
  ],
  rfc: 'RFC 6455 4.2.2',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 403);
    if (!answer) return undefined;
    const request = requestOf(exchange);
    const origin = request ? fieldEvidence(request, 'Origin') : undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return {
      confidence: 0.6,
      evidence: [startLine(answer), ...(excerpt ? [excerpt] : []), ...(origin && origin.offset === undefined ? [origin] : [])],
    };
  },
});

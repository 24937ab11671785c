import { fieldEvidence } from '../evidence.js';
import { flawEvidence, flawsOf } from '../flaws.js';
import { defineRule } from '../rule.js';

const rewritten = ['missing-upgrade', 'bad-upgrade', 'missing-connection', 'bad-connection', 'accept-missing', 'accept-mismatch'];

export const rule = defineRule({
  code: 'intermediary.response-header-rewritten',
  cause: 'intermediary',
  severity: 'error',
  title: 'The 101 of the server was good, the one that the client got is not',
  question: 'Does the answer break RFC 6455 on the client leg only?',
  remedy: 'Look for a rule on the way that removes or rewrites Upgrade, Connection or Sec-WebSocket-Accept in answers.',
  fixes: [
    { for: 'nginx', text: 'Look for proxy_hide_header and more_clear_headers on the location.' },
    { for: 'Envoy', text: 'Look for response_headers_to_remove on the route.' },
  ],
  rfc: 'RFC 9110 7.6.1',
  examine: (exchange) => {
    const { serverSent } = exchange.heads;
    // What a fault of ours changed is told by the rule for the flaw itself.
    if (!serverSent || exchange.applied.some(({ stage }) => stage === 'response')) return undefined;
    const seen = flawsOf(exchange).find(({ leg, flaw }) => leg === 'client' && !flaw.legal && rewritten.includes(flaw.code));
    if (!seen || flawsOf(exchange).some(({ leg, flaw }) => leg === 'server' && rewritten.includes(flaw.code) && !flaw.legal))
      return undefined;
    return {
      confidence: 0.95,
      evidence: [...flawEvidence(seen), fieldEvidence({ leg: 'server', head: serverSent }, seen.flaw.field)],
      culprit: null,
    };
  },
});

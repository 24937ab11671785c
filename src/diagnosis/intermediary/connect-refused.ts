import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'intermediary.connect-refused',
  cause: 'intermediary',
  severity: 'error',
  title: 'The upstream proxy did not connect',
  question: 'Did the upstream proxy answer the CONNECT with something else than 200 or 407, or not at all?',
  remedy:
    'Let the proxy connect to that host and port, or go around it for this host. Clients report its status as if the server had sent it.',
  fixes: [
    ...remediesFor('filter').filter((fix) => fix.for === 'Squid'),
    { for: 'the client', text: 'Leave this host out of the proxy.', config: 'NO_PROXY=app.example' },
  ],
  rfc: 'RFC 9110 9.3.6',
  examine: ({ refusal, dialFailure }) => {
    const said = refusal?.why === 'upstream-failed' ? refusal.text : (dialFailure?.message ?? '');
    const status = /\b([345]\d\d)\b/.exec(said)?.[1];
    const fromProxy = refusal?.why === 'upstream-failed' || /\bCONNECT\b|[Uu]pstream proxy/.test(said);
    if (!fromProxy || status === '407') return undefined;
    return {
      confidence: status ? 0.93 : 0.8,
      evidence: [{ leg: 'server', what: 'connect', text: said || (dialFailure?.code ?? '') }],
      title: status ? `The upstream proxy answered ${status} to CONNECT` : 'The upstream proxy could not be used',
    };
  },
});

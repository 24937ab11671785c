import { field } from '../../model/head.js';
import { fieldEvidence, presentFields } from '../evidence.js';
import { originAgainstHost, originAndHost, originRefusal } from '../origins.js';
import { faultOnRequestField } from '../own-faults.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { clientRequestOf, hostField, splitHost, splitOrigin } from '../sights.js';

export const rule = defineRule({
  code: 'origin.host-rewritten',
  cause: 'origin',
  severity: 'error',
  title: 'A proxy changed the Host, so that it no longer fits the Origin',
  question: 'Was a handshake refused whose Origin fits the Host that the client named, but not the one that the server got?',
  remedy: 'Let the proxy keep the Host: servers that accept only their own origin compare Origin with Host.',
  fixes: [
    ...remediesFor('host'),
    {
      for: 'Vite',
      text: 'Rewrite the Origin together with the Host.',
      config: "proxy: { '/ws': { target, ws: true, changeOrigin: true, rewriteWsOrigin: true } }",
    },
    {
      for: 'shakedown',
      text: 'In reverse mode the server gets the Host of the target. Use shakedown as a proxy instead, and the Host stays.',
    },
    ...remediesFor('origin'),
  ],
  rfc: 'RFC 6455 10.2',
  examine: (exchange) => {
    const refusal = originRefusal(exchange);
    const sent = clientRequestOf(exchange);
    if (!refusal || !sent || faultOnRequestField(exchange, 'Origin')) return undefined;
    const origin = splitOrigin(refusal.origin ?? '');
    if (!origin || originAgainstHost(exchange, refusal.request) !== 'other-host') return undefined;
    const named = (value: string | undefined): boolean => value !== undefined && splitHost(value, false).hostname === origin.hostname;
    const here = named(field(sent.head, hostField(sent.head)));
    const before = named(field(sent.head, 'X-Forwarded-Host'));
    if (!here && !before) return undefined;
    return {
      confidence: here ? 0.9 : 0.8,
      evidence: [
        ...refusal.evidence,
        ...originAndHost(refusal.request),
        ...(here ? [fieldEvidence(sent, hostField(sent.head))] : presentFields(sent, 'X-Forwarded-Host')),
      ],
      title: `The server ${refusal.words}: its Host became ${field(refusal.request.head, hostField(refusal.request.head))}, while the Origin is still ${refusal.origin}`,
      culprit: here && exchange.entrance === 'reverse' ? "shakedown's reverse mode" : null,
    };
  },
});

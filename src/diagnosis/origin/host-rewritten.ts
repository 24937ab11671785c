import type { Exchange } from '../../model/exchange.js';
import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { fieldEvidence, presentFields } from '../evidence.js';
import { type OriginRefusal, originAgainstHost, originAndHost, originRefusal } from '../origins.js';
import { faultOnRequestField } from '../own-faults.js';
import { isOwnPage } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule, type Verdict } from '../rule.js';
import { clientRequestOf, hostField, refusedWith, splitHost, splitOrigin } from '../sights.js';

/** These put the name of the server behind them into Host unless they are told otherwise; Caddy, HAProxy, lighttpd and Varnish keep it. */
const rewritesByDefault = /^(nginx|openresty|apache\/)/i;

/** The request left us with a Host that fits its Origin, and an application behind such a proxy refuses the Origin of its own address. */
const rewrittenBehind = (exchange: Exchange, refusal: OriginRefusal): Verdict | undefined => {
  const answer = refusedWith(exchange, 401, 403);
  const hop = answer && culpritOf(answer.head, answer.body);
  if (!answer || !hop || !rewritesByDefault.test(hop.name) || isOwnPage(answer) || field(answer.head, 'WWW-Authenticate') !== undefined)
    return undefined;
  return {
    confidence: refusal.confidence >= 0.9 ? 0.9 : 0.66,
    evidence: [...refusal.evidence, hop.evidence, ...originAndHost(refusal.request)],
    title: `The server ${refusal.words} to the Origin of its own address: ${hop.name} in front of it changes the Host unless told otherwise`,
  };
};

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
    if (origin && originAgainstHost(exchange, refusal.request) === 'same') return rewrittenBehind(exchange, refusal);
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

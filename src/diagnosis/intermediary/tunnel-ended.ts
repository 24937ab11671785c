import { endEvidence, endedBy, openMs, wasOpen, withoutClose } from '../endings.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { openUpstream, upstreamEvidence, upstreamName } from '../upstream-sights.js';

export const rule = defineRule({
  code: 'intermediary.tunnel-ended',
  cause: 'intermediary',
  severity: 'error',
  title: 'The tunnel through the upstream proxy ended without a Close',
  question: 'Did an open connection through an upstream proxy end on that side, while neither side had sent a Close?',
  remedy:
    'Look whether the upstream proxy was stopped or cuts tunnels after a time; when its log shows nothing, the server behind it went away. Without the proxy (--no-proxy) it shows which.',
  fixes: [
    {
      for: 'the upstream proxy',
      text: 'Look into its log at that moment: a restart, a crash, a limit on the age or the idle time of tunnels.',
    },
    ...remediesFor('idle').filter((fix) => fix.for === 'Squid'),
  ],
  rfc: 'RFC 6455 7.1.5',
  examine: (exchange) => {
    const upstream = openUpstream(exchange);
    if (!upstream || !wasOpen(exchange) || !withoutClose(exchange) || endedBy(exchange) !== 'server') return undefined;
    const seconds = ((openMs(exchange) ?? 0) / 1000).toFixed(2);
    return {
      confidence: 0.8,
      evidence: [
        endEvidence(exchange, 'server'),
        { leg: 'server', what: 'timing', text: `no Close from either side, ${seconds} s after the 101` },
        ...upstreamEvidence(upstream),
      ],
      title: `The tunnel through ${upstreamName(upstream)} ended without a Close: the proxy or the server behind it went away`,
      culprit: null,
    };
  },
});

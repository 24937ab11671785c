import { opens } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { presentFields } from '../evidence.js';
import { defineRule } from '../rule.js';
import { answerOf } from '../sights.js';

/** Milliseconds from which a 101 is late: a handshake takes two round trips. */
const lateMs = 2000;

export const rule = defineRule({
  code: 'intermediary.buffering',
  cause: 'intermediary',
  severity: 'warning',
  title: 'A proxy on the way may hold answers back',
  question: 'Did a proxy that shows itself in the 101 pass it on only after seconds?',
  remedy: 'Switch the buffering of answers off for this path, and take filters out of it that want to see whole bodies.',
  fixes: [
    { for: 'nginx', text: 'Switch buffering off for the path.', config: 'proxy_buffering off;' },
    {
      for: 'Envoy',
      text: "Keep the buffer filter out of the upgrade's filter chain.",
      config: 'upgrade_configs: [{ upgrade_type: websocket, filters: [...] }]',
    },
  ],
  rfc: 'RFC 6455 1.3',
  examine: (exchange) => {
    const ms = exchange.server?.timings.response ?? 0;
    const answer = answerOf(exchange);
    if (!answer || !opens(answer.head) || ms < lateMs) return undefined;
    const hop = culpritOf(answer.head, answer.body);
    const via = presentFields(answer, 'Via');
    if (hop?.role !== 'intermediary' && via.length === 0) return undefined;
    return {
      confidence: 0.4,
      evidence: [
        { leg: 'server', what: 'timing', text: `the 101 came ${(ms / 1000).toFixed(1)} s after the request` },
        ...(hop ? [hop.evidence] : []),
        ...via,
      ],
    };
  },
});

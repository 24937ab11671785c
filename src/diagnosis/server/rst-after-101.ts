import { endEvidence, endedAtOnce, endedBy, endOf, goawayEvidence, openingOf, openMs, resetCode, withoutClose } from '../endings.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.rst-after-101',
  cause: 'server',
  severity: 'error',
  title: 'The connection was reset right after the 101',
  question: 'Did a RST come right after the 101?',
  remedy: 'Look for a crash of the server, or for a filter on the way that lets the handshake pass and not the frames.',
  fixes: [
    { for: 'the network', text: 'Use wss://: what cannot look into the stream cannot mind its frames.' },
    { for: 'the server', text: 'Look into its log for a crash at that moment.' },
  ],
  rfc: 'RFC 6455 7.1.5',
  examine: (exchange) => {
    const by = endedBy(exchange);
    const reset = (['server', 'client'] as const).find(
      (side) => endOf(exchange, side)?.how === 'reset' && (side === 'server' || by === 'shakedown'),
    );
    if (!endedAtOnce(exchange) || !withoutClose(exchange) || !reset) return undefined;
    if (by !== 'server' && !(by === 'shakedown' && exchange.applied.length > 0)) return undefined;
    const code = resetCode(endOf(exchange, reset));
    return {
      confidence: 0.93,
      evidence: [
        endEvidence(exchange, reset),
        { leg: reset, what: 'timing', text: `${((openMs(exchange) ?? 0) / 1000).toFixed(2)} s after ${openingOf(exchange, reset)}` },
        ...goawayEvidence(exchange, reset),
      ],
      ...(code === undefined ? {} : { title: `The stream was reset right after ${openingOf(exchange, reset)} (RST_STREAM with ${code})` }),
      culprit: null,
    };
  },
});

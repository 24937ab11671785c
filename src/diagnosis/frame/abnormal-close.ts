import { endEvidence, endedBy, hungUpOnAnswer, openMs, wasOpen, withoutClose } from '../endings.js';
import { flawsOf } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.abnormal-close',
  cause: 'frame',
  severity: 'error',
  title: 'The connection ended without a Close',
  question: 'Did an open connection end while neither side had sent a Close?',
  remedy: 'Applications see 1006. Look at the side that ended it: a crash, a stop without a goodbye, or a timeout on the way.',
  fixes: remediesFor('idle'),
  rfc: 'RFC 6455 7.1.5',
  examine: (exchange) => {
    const by = endedBy(exchange);
    // shakedown's own stop is no finding; one that a fault asked for is.
    if (!wasOpen(exchange) || !withoutClose(exchange) || (by === 'shakedown' && exchange.applied.length === 0)) return undefined;
    // What is wrong with the 101 says better why the client hung up on it.
    if (hungUpOnAnswer(exchange) && (flawsOf(exchange).length > 0 || exchange.informational.length > 0)) return undefined;
    const seconds = ((openMs(exchange) ?? 0) / 1000).toFixed(2);
    const age = {
      leg: by === 'client' ? ('client' as const) : ('server' as const),
      what: 'timing' as const,
      text: `no Close from either side, ${seconds} s after the 101`,
    };
    if (by === 'client') {
      const atOnce = hungUpOnAnswer(exchange);
      return {
        confidence: 0.9,
        evidence: [endEvidence(exchange, 'client'), age],
        title: atOnce ? 'The client hung up right after the 101' : 'The client left without a Close',
        severity: atOnce ? 'error' : 'warning',
        culprit: 'the client',
      };
    }
    return {
      confidence: 0.9,
      evidence: [endEvidence(exchange, 'server'), age],
      title: by === 'server' ? 'The server left without a Close' : 'The connection was cut without a Close',
      culprit: null,
    };
  },
});

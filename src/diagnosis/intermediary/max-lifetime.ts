import { carrierOf, endEvidence, endedBy, goawayEvidence, openMs, silentMs, wasOpen, withoutClose } from '../endings.js';
import { defineRule } from '../rule.js';

/** Usual settings in seconds: Google's backend timeout 30, Cloud Run 300 to 3600, API Gateway 7200, and round minutes, hours and days. */
const usual = [30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400];
/** From this age on, seconds, an end this near to a round figure is hardly chance. */
const telling = 600;

export const rule = defineRule({
  code: 'intermediary.max-lifetime',
  cause: 'intermediary',
  severity: 'error',
  title: 'A connection was cut at a fixed age',
  question: 'Did the connection end without a Close at an age that is a usual limit, while traffic was flowing?',
  remedy:
    'Something on the way ends connections at an age, whatever crosses: raise that limit where you can, and have the client connect again. One more sample of the same age makes it sure.',
  fixes: [
    { for: 'Google Cloud', text: 'Raise the timeout of the backend service (30 s unless set), or the request timeout of Cloud Run.' },
    { for: 'AWS API Gateway', text: 'Nothing lifts its 2 hours: connect again before, or when it ends.' },
    { for: 'the client', text: 'Connect again with a growing pause and some chance in it, and ask the server for what was missed.' },
  ],
  rfc: 'RFC 6455 7.1.5, 7.2.3',
  examine: (exchange) => {
    const [age, silent] = [(openMs(exchange) ?? 0) / 1000, (silentMs(exchange) ?? 0) / 1000];
    if (!wasOpen(exchange) || !withoutClose(exchange) || endedBy(exchange) !== 'server') return undefined;
    // Without traffic it may as well have been idle for too long.
    if (silent > Math.min(5, age / 4)) return undefined;
    const figure = usual.find((seconds) => age >= seconds - 0.1 && age <= seconds + Math.max(0.3, seconds * 0.0005));
    if (figure === undefined) return undefined;
    return {
      confidence: figure >= telling ? 0.78 : 0.6,
      evidence: [
        endEvidence(exchange, 'server'),
        {
          leg: 'server',
          what: 'timing',
          text: `no Close, ${age.toFixed(2)} s after it opened, ${silent.toFixed(2)} s after the last byte`,
        },
        ...goawayEvidence(exchange, 'server'),
      ],
      title: `The ${carrierOf(exchange, 'server')} was cut at an age of ${age.toFixed(1)} s, with traffic flowing: a limit of ${figure} s`,
      culprit: null,
    };
  },
});

import type { Exchange } from '../../model/exchange.js';
import { culpritOf } from '../culprits.js';
import { carrierOf, endEvidence, endedBy, endOf, goawayEvidence, silentMs, wasOpen, withoutClose } from '../endings.js';
import { fieldEvidence } from '../evidence.js';
import { defaultsOf, type IdleDefault } from '../idle-defaults.js';
import { hasSmallNames } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule, type Verdict } from '../rule.js';
import { answerOf } from '../sights.js';

const named = (defaults: readonly IdleDefault[]): string => defaults.map(({ product, setting }) => `${product} (${setting})`).join(', ');

/** Usual settings in seconds: nginx and ALB 60, Cloudflare about 100, HAProxy examples 30 and 50, and round minutes. */
const usual = [10, 15, 20, 30, 45, 50, 55, 60, 75, 90, 100, 110, 120, 180, 230, 240, 300, 350, 600, 900, 1200, 1800, 3600];

/** A timer ends on a whole second, give or take: of ends for another reason one in fourteen does. */
const wholeSeconds = (silent: number): number | undefined => {
  const seconds = Math.round(silent);
  return seconds >= 1 && silent >= seconds - 0.02 && silent <= seconds + 0.05 ? seconds : undefined;
};

/** A silence too short for a timeout that anybody ships, but as exact as a timer. Behind a proxy that shows itself in the answer it is most likely that. */
const setShort = (exchange: Exchange, silent: number): Verdict | undefined => {
  const seconds = wholeSeconds(silent);
  const answer = answerOf(exchange);
  if (seconds === undefined || !answer) return undefined;
  const culprit = culpritOf(answer.head, '');
  const hop = culprit?.role === 'intermediary' ? culprit : undefined;
  const [first] = answer.head.headers;
  const sign = hop ? [hop.evidence] : hasSmallNames(answer) && first ? [fieldEvidence(answer, first[0])] : [];
  // Through a tunnel the one who cut may be its proxy, too: the rule for tunnels says both.
  if (sign.length === 0 && exchange.upstream) return undefined;
  return {
    confidence: sign.length > 0 ? 0.8 : 0.6,
    evidence: [
      endEvidence(exchange, 'server'),
      { leg: 'server', what: 'timing', text: `no Close, ${silent.toFixed(2)} s after the last byte` },
      ...sign,
    ],
    title: `The ${carrierOf(exchange, 'server')} was cut after ${silent.toFixed(2)} s of silence, as a timer of ${seconds} s does`,
    culprit: hop?.name ?? null,
  };
};

export const rule = defineRule({
  code: 'intermediary.idle-timeout',
  cause: 'intermediary',
  severity: 'error',
  title: 'An idle connection was cut',
  question: 'Did the connection end without a Close after a silence that is a usual timeout, or as exact as one?',
  remedy:
    'Send a Ping more often than the shortest timeout on the way, or raise that timeout. One more sample with the same silence makes it sure.',
  fixes: [
    ...remediesFor('idle'),
    { for: 'the client', text: 'Send a Ping, or a small message of your own (browsers cannot send Pings), every 30 seconds.' },
  ],
  rfc: 'RFC 6455 5.5.2, 7.1.5',
  examine: (exchange) => {
    const silent = (silentMs(exchange) ?? 0) / 1000;
    if (!wasOpen(exchange) || !withoutClose(exchange) || endedBy(exchange) !== 'server') return undefined;
    if (silent < 5) return endOf(exchange, 'server')?.how === 'fin' ? setShort(exchange, silent) : undefined;
    const figure = usual.find((seconds) => silent >= seconds - 0.1 && silent <= seconds + Math.max(0.3, seconds * 0.01));
    if (figure === undefined && silent < 20) return undefined;
    const answer = answerOf(exchange);
    const { own, all } = defaultsOf(figure ?? 0, answer && culpritOf(answer.head, '')?.name);
    const timeout = figure === undefined ? '' : `: a timeout of ${figure} s`;
    const whose = own ? [own] : all;
    return {
      confidence: figure === undefined ? 0.5 : own ? 0.93 : 0.85,
      evidence: [
        endEvidence(exchange, 'server'),
        { leg: 'server', what: 'timing', text: `no Close, ${silent.toFixed(2)} s after the last byte` },
        ...(whose.length > 0 ? [{ leg: 'server', what: 'timing', text: `${figure} s is the default of ${named(whose)}` } as const] : []),
        ...goawayEvidence(exchange, 'server'),
      ],
      title: `The ${carrierOf(exchange, 'server')} was cut on the server leg after ${silent.toFixed(1)} s of silence${timeout}${own ? ` of ${own.product}` : ''}`,
      culprit: own?.product ?? null,
    };
  },
});

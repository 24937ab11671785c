import type { Exchange } from '../../model/exchange.js';
import type { Sender } from '../../model/frame.js';
import {
  carrierOf,
  endEvidence,
  endedBy,
  endOf,
  goawayEvidence,
  hungUpOnAnswer,
  openingOf,
  openMs,
  resetCode,
  silentMs,
  unansweredClose,
  wasOpen,
  withoutClose,
} from '../endings.js';
import { flawsOf } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule, type Verdict } from '../rule.js';

export const rule = defineRule({
  code: 'frame.abnormal-close',
  cause: 'frame',
  severity: 'error',
  title: 'The connection ended without a Close',
  question: 'Did an open connection end while neither side had sent a Close, or while one had got no answer to its own?',
  remedy: 'Applications see 1006. Look at the side that ended it: a crash, a stop without a goodbye, or a timeout on the way.',
  fixes: remediesFor('idle'),
  rfc: 'RFC 6455 7.1.5',
  examine: (exchange) => {
    // What is wrong with the 101 says better why the client hung up on it.
    if (hungUpOnAnswer(exchange) && (flawsOf(exchange).length > 0 || exchange.informational.length > 0)) return undefined;
    const closer = unansweredClose(exchange);
    if (closer) return unanswered(exchange, closer);
    const by = endedBy(exchange);
    // shakedown's own stop is no finding; one that a fault asked for is.
    if (!wasOpen(exchange) || !withoutClose(exchange) || (by === 'shakedown' && exchange.applied.length === 0)) return undefined;
    const seconds = ((openMs(exchange) ?? 0) / 1000).toFixed(2);
    const leg = by === 'client' ? 'client' : 'server';
    const opening = openingOf(exchange, leg);
    const age = { leg, what: 'timing', text: `no Close from either side, ${seconds} s after ${opening}` } as const;
    const reset = resetCode(endOf(exchange, leg));
    const code = reset === undefined ? '' : ` (RST_STREAM with ${reset})`;
    if (by === 'client') {
      const atOnce = hungUpOnAnswer(exchange);
      return {
        confidence: 0.9,
        evidence: [endEvidence(exchange, 'client'), age, ...goawayEvidence(exchange, 'client')],
        title: `${atOnce ? `The client hung up right after ${opening}` : 'The client left without a Close'}${code}`,
        severity: atOnce ? 'error' : 'warning',
        culprit: 'the client',
      };
    }
    return {
      confidence: 0.9,
      evidence: [endEvidence(exchange, 'server'), age, ...goawayEvidence(exchange, 'server')],
      title: `${by === 'server' ? 'The server left' : `The ${carrierOf(exchange, leg)} was cut`} without a Close${code}`,
      culprit: null,
    };
  },
});

/** RFC 6455 section 7.1.5: who gets no Close reports 1006, also when it has sent one itself. */
const unanswered = (exchange: Exchange, closer: Sender): Verdict => {
  const other = closer === 'client' ? 'server' : 'client';
  const { close } = closer === 'client' ? exchange.frames.fromClient : exchange.frames.fromServer;
  const left = endedBy(exchange) === other;
  const waited = left ? '' : `, and the ${closer} waited ${((silentMs(exchange) ?? 0) / 1000).toFixed(2)} s for it`;
  return {
    confidence: 0.9,
    evidence: [
      { leg: closer, what: 'frames', text: `Close ${close?.code} ${close?.reason}`.trim() },
      { leg: other, what: 'frames', text: `no Close from the ${other}${waited}` },
      endEvidence(exchange, left ? other : closer),
    ],
    title: left ? `The ${other} ended the connection in place of answering the Close` : `The ${other} did not answer the Close`,
    severity: 'warning',
    culprit: null,
  };
};

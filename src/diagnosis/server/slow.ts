import type { Exchange } from '../../model/exchange.js';
import { opens } from '../../model/head.js';
import { endEvidence, endedBy, unanswered, waitedMs } from '../endings.js';
import type { Verdict } from '../rule.js';
import { defineRule } from '../rule.js';

/** Milliseconds from which an answer counts as late: far over any handshake, under the patience of every client that was measured. */
const lateMs = 2000;

/** Clean-ups and navigations happen within moments; who waited so many seconds had a timeout of its own. */
const patienceS = 3;

/** Nothing came, or a head that never ended. */
const withoutWholeAnswer = (exchange: Exchange): boolean =>
  unanswered(exchange) || (exchange.heads.serverSent === null && exchange.notAHead.serverSent?.why === 'truncated');

const answeredLate = ({ heads, server }: Exchange): Verdict | undefined => {
  const ms = server?.timings.response ?? 0;
  if (ms < lateMs || !heads.serverSent || !opens(heads.serverSent)) return undefined;
  const after = `${(ms / 1000).toFixed(1)} s`;
  return {
    confidence: 0.9,
    evidence: [{ leg: 'server', what: 'timing', text: `the answer came ${after} after the request` }],
    title: `The handshake was answered only after ${after}`,
    severity: 'warning',
    culprit: null,
  };
};

export const rule = defineRule({
  code: 'server.slow',
  cause: 'server',
  severity: 'error',
  title: 'The server does not answer the handshake',
  question: 'Was the request sent, and no whole answer came back until somebody gave up, or only after seconds?',
  remedy:
    'Look at the server: a blocked event loop, a full accept queue, a handler that waits for a database. If a plain GET is answered, only its upgrade handler hangs.',
  fixes: [
    {
      for: 'the server',
      text: 'See whether a plain GET is answered while the handshake hangs.',
      config: 'curl -v --max-time 5 http://app.example/',
    },
    {
      for: 'Express + ws',
      text: 'An upgrade listener has to answer every path, or destroy the socket.',
      config: "server.on('upgrade', (req, socket) => { if (!known(req.url)) socket.destroy(); });",
    },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const { notAHead, refusal, heads } = exchange;
    const gaveUp = notAHead.serverSent?.why === 'timeout' || (refusal?.why === 'timeout' && heads.serverGot !== null);
    const waited = (waitedMs(exchange) ?? 0) / 1000;
    const left = withoutWholeAnswer(exchange) && endedBy(exchange) === 'client' && waited >= patienceS;
    if (!gaveUp && !left) return answeredLate(exchange);
    const time = {
      leg: 'server' as const,
      what: 'timing' as const,
      text: waited > 0 ? `no answer within ${waited.toFixed(1)} s` : 'no answer in time',
    };
    // Whoever is in a hurry (doctor with a short timeout) has not waited for long enough to be sure.
    return {
      confidence: gaveUp && (waited === 0 || waited * 1000 >= lateMs) ? 0.92 : 0.75,
      evidence: [time, ...(left ? [endEvidence(exchange, 'client')] : [])],
      culprit: null,
    };
  },
});

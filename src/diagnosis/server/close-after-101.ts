import type { Exchange } from '../../model/exchange.js';
import { endEvidence, endedAtOnce, endedBy, endOf, goawayEvidence, openingOf, openMs, speaksHttp2, withoutClose } from '../endings.js';
import { defineRule } from '../rule.js';

/** A Pong is the library's: the application has said nothing. */
const saidSomething = ({ frames: { fromServer } }: Exchange): boolean => fromServer.frames > fromServer.pongs;

export const rule = defineRule({
  code: 'server.close-after-101',
  cause: 'server',
  severity: 'error',
  title: 'The server closed right after the 101',
  question: 'Did the server end the connection right after the 101, without a frame?',
  remedy: 'Look for an exception in the connection handler, or for two upgrade handlers of which one destroys the socket.',
  fixes: [
    { for: 'the server', text: 'Look into its log for an exception at that moment; close with a code and a reason instead.' },
    { for: 'Express + ws', text: 'Have one upgrade listener; one that does not know a path must not destroy the socket of another.' },
  ],
  rfc: 'RFC 6455 7.1.5',
  examine: (exchange) => {
    const end = endOf(exchange, 'server');
    const by = endedBy(exchange);
    if (!endedAtOnce(exchange) || !withoutClose(exchange) || saidSomething(exchange) || end?.how === 'reset') return undefined;
    if (by !== 'server' && !(by === 'shakedown' && exchange.applied.length > 0)) return undefined;
    return {
      confidence: 0.93,
      evidence: [
        endEvidence(exchange, 'server'),
        {
          leg: 'server',
          what: 'timing',
          text: `${((openMs(exchange) ?? 0) / 1000).toFixed(2)} s after ${openingOf(exchange, 'server')}, without a frame`,
        },
        ...goawayEvidence(exchange, 'server'),
      ],
      ...(speaksHttp2(exchange, 'server') ? { title: `The server closed right after ${openingOf(exchange, 'server')}` } : {}),
      culprit: null,
    };
  },
});

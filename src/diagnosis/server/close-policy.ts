import type { Exchange } from '../../model/exchange.js';
import { closeCodeName } from '../../wire/close-code.js';
import { actionCableGoodbye } from '../action-cable.js';
import { closerOf, endedAtOnce, openMs } from '../endings.js';
import { defineRule, type Verdict } from '../rule.js';
import { closedForSubprotocol } from '../subprotocols.js';

const harmless = [1000, 1001, 1005];
/** What takes longer is a server that has waited for something, milliseconds. */
const speechlessMs = 1000;
/** Protocol error and invalid payload: the answer to a broken frame, or the echo of that answer. */
const aboutFrames = [1002, 1007];

/**
 * A goodbye before anybody has said a word: express-ws takes the handshake of a path that it has no route for and closes, and
 * @fastify/websocket that of an ordinary route (measured with 5.0 and 11.2).
 */
const speechless = (exchange: Exchange): Verdict | undefined => {
  const { fromServer, fromClient } = exchange.frames;
  const lasted = openMs(exchange) ?? Number.POSITIVE_INFINITY;
  // Whoever says 1000 or 1001 has at least thought of a goodbye.
  if (fromServer.close?.code !== 1005 || fromServer.messages + fromClient.messages > 0 || lasted > speechlessMs) return undefined;
  return {
    confidence: 0.75,
    evidence: [
      { leg: 'server', what: 'frames', text: 'Close without a code' },
      { leg: 'server', what: 'timing', text: `over ${Math.round(lasted)} ms after the opening, without a message from either side` },
    ],
    title: 'The server opened, and closed at once without a word: there may be nothing behind that path',
    culprit: null,
    fix: [
      {
        for: 'the server',
        text: 'See whether a WebSocket route is registered for that very path: express-ws and @fastify/websocket let every handshake in, and close what has none.',
      },
    ],
  };
};

export const rule = defineRule({
  code: 'server.close-policy',
  cause: 'server',
  severity: 'error',
  title: 'The server closed the connection with a reason',
  question: 'Did the server send a Close that is no goodbye?',
  remedy:
    'The code and the reason are those of the application: 1008 and 4xxx mean rights or tokens, 1011 an exception, 1002, 1007 and 1009 what the client sent.',
  fixes: [
    { for: 'the server', text: 'Look for the place that closes with this code.' },
    { for: 'the client', text: 'Do not reconnect at once after 1008 or 4xxx: the answer will be the same.' },
  ],
  rfc: 'RFC 6455 7.4',
  examine: (exchange) => {
    const { fromServer, fromClient } = exchange.frames;
    const { close } = fromServer;
    const goodbye = actionCableGoodbye(exchange);
    if (goodbye && close)
      return {
        confidence: 0.93,
        evidence: [goodbye.evidence, { leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }],
        title: `Action Cable opened and turned the client away: ${goodbye.reason}`,
        culprit: 'Rails',
        fix: [
          {
            for: 'Rails',
            text: 'Look at connect in ApplicationCable::Connection: it calls reject_unauthorized_connection, mostly because the cookie of the session is not there.',
          },
        ],
      };
    const closer = closerOf(exchange);
    if (!close || closer === 'client') return undefined;
    if (harmless.includes(close.code)) return closer === 'server' ? speechless(exchange) : undefined;
    // The finding server.subprotocol-missing says it better.
    if (closedForSubprotocol(exchange)) return undefined;
    // The frames themselves show what it was about.
    if (aboutFrames.includes(close.code) && [...fromServer.defects, ...fromClient.defects].length > 0) return undefined;
    // Whoever says a harmless code says it first: an answer repeats the code that it answers.
    if (closer === undefined && fromClient.close && harmless.includes(fromClient.close.code)) return undefined;
    const early = endedAtOnce(exchange) || close.code === 1008 || close.code === 1011;
    return {
      // With the same code from both sides, either may have been first.
      confidence: closer === undefined && fromClient.close?.code === close.code ? 0.75 : 0.92,
      evidence: [{ leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }],
      title: `The server closed with ${close.code} (${closeCodeName(close.code)})${close.reason ? `: ${close.reason}` : ''}`,
      severity: early ? 'error' : 'warning',
      culprit: null,
    };
  },
});

import { endedAtOnce } from '../endings.js';
import { defineRule } from '../rule.js';

/** RFC 6455 section 7.4.1 and the IANA registry. */
const meanings: Readonly<Record<number, string>> = {
  1002: 'protocol error',
  1003: 'unsupported data',
  1007: 'invalid payload',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
};
const harmless = [1000, 1001, 1005];

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
    if (!close || harmless.includes(close.code)) return undefined;
    // A Close is answered with its own code: with the same code from both, either may have been first.
    const echoed = fromClient.close?.code === close.code && close.code < 1002;
    if (echoed || (fromClient.close && harmless.includes(fromClient.close.code))) return undefined;
    const meaning = meanings[close.code] ?? (close.code >= 4000 ? 'a code of the application' : 'a registered code');
    const early = endedAtOnce(exchange) || close.code === 1008 || close.code === 1011;
    return {
      confidence: fromClient.close?.code === close.code ? 0.75 : 0.92,
      evidence: [{ leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }],
      title: `The server closed with ${close.code} (${meaning})${close.reason ? `: ${close.reason}` : ''}`,
      severity: early ? 'error' : 'warning',
      culprit: null,
    };
  },
});

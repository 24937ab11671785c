import { closeCodeName } from '../../wire/close-code.js';
import { closedBehindEnd, endedAtOnce } from '../endings.js';
import { defineRule } from '../rule.js';

const harmless = [1000, 1001, 1005];
/** Protocol error and invalid payload: the answer to a broken frame, or the echo of that answer. */
const aboutFrames = [1002, 1007];

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
    if (!close || harmless.includes(close.code) || closedBehindEnd(exchange)) return undefined;
    // The frames themselves show what it was about.
    if (aboutFrames.includes(close.code) && [...fromServer.defects, ...fromClient.defects].length > 0) return undefined;
    // Whoever says a harmless code says it first: an answer repeats the code that it answers.
    if (fromClient.close && harmless.includes(fromClient.close.code)) return undefined;
    const early = endedAtOnce(exchange) || close.code === 1008 || close.code === 1011;
    return {
      // With the same code from both sides, either may have been first.
      confidence: fromClient.close?.code === close.code ? 0.75 : 0.92,
      evidence: [{ leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }],
      title: `The server closed with ${close.code} (${closeCodeName(close.code)})${close.reason ? `: ${close.reason}` : ''}`,
      severity: early ? 'error' : 'warning',
      culprit: null,
    };
  },
});

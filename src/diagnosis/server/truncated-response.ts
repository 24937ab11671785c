import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.truncated-response',
  cause: 'server',
  severity: 'error',
  title: 'The answer ends in the middle of its head',
  question: 'Did the connection end before the blank line of the answer?',
  remedy: 'Look for a crash while the answer was written, or for a handler that ends the socket too early.',
  fixes: [
    { for: 'the server', text: 'End a hand-written head with an empty line (CR LF CR LF), and write it whole before you end the socket.' },
  ],
  rfc: 'RFC 9112 8',
  examine: ({ notAHead }) => {
    const cut = notAHead.serverSent;
    // Nothing at all is no half answer: server.empty-reply, server.reset.
    if (cut?.why !== 'truncated' || cut.raw === '') return undefined;
    const offset = Math.max(0, cut.raw.length - 200);
    return {
      confidence: 0.95,
      evidence: [{ leg: 'server', what: 'response-head', text: cut.raw.slice(offset), offset }],
      title: `The answer ends after ${cut.raw.length} bytes, in the middle of its head`,
    };
  },
});

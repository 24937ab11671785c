import { toleratedSeverity } from '../flaws.js';
import { defineRule } from '../rule.js';
import { answerOf } from '../sights.js';

/** Node's limit, the lowest that is common: python refuses one line over 8192 bytes, Chromium 256 KiB. */
const commonLimit = 16 * 1024;

export const rule = defineRule({
  code: 'server.header-too-large',
  cause: 'server',
  severity: 'error',
  title: 'The head of the answer is larger than clients take',
  question: 'Does the head of the answer take more than 16 KiB?',
  remedy:
    'Set fewer or smaller cookies in the answer. Node refuses more than 16 KiB, Python a line of more than 8 KiB, Chromium more than 256 KiB; Go and Firefox take it.',
  fixes: [
    { for: 'the server', text: 'Leave Set-Cookie and tracing fields out of the 101.' },
    { for: 'Node', text: 'Raise the limit of a client.', config: 'node --max-http-header-size=65536 app.js' },
  ],
  rfc: 'RFC 9110 5.4',
  examine: (exchange) => {
    const tooLarge = exchange.notAHead.serverSent?.why === 'too-large' ? exchange.notAHead.serverSent.raw.length : 0;
    const answer = answerOf(exchange);
    const bytes = tooLarge || (answer?.head.raw.length ?? 0);
    if (tooLarge === 0 && bytes <= commonLimit) return undefined;
    return {
      confidence: 0.93,
      evidence: [
        {
          leg: answer?.leg ?? 'server',
          what: 'response-head',
          text: `the head takes ${tooLarge ? 'more than ' : ''}${bytes} bytes`,
          offset: commonLimit,
        },
      ],
      severity: tooLarge ? 'error' : toleratedSeverity(exchange),
    };
  },
});

import { agreedOnDeflate, closeThat, defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.utf8',
  cause: 'frame',
  severity: 'error',
  title: 'A text message is not UTF-8',
  question: 'Is a text message no UTF-8, or did a side close with 1007 because of one?',
  remedy: 'Send bytes that are no text as a binary message, and text as UTF-8. Go libraries do not check it, browsers, ws and Python do.',
  fixes: [],
  rfc: 'RFC 6455 8.1',
  examine: (exchange) => {
    const seen = defectVerdict(exchange, 'utf8');
    if (seen) return seen;
    const close = closeThat(exchange, ({ code, reason }) => code === 1007 || (code === 1002 && /utf-?8/i.test(reason)));
    if (!close) return undefined;
    const { who, code, reason } = close;
    const said = /utf-?8|utf8|continuation byte|start byte|surrogate/i.test(reason);
    // 1007 is also for data that cannot be inflated, and applications take it for words of their own.
    const confidence = said ? 0.93 : reason === '' && !agreedOnDeflate(exchange) ? 0.8 : 0.5;
    return {
      confidence,
      severity: said || reason === '' ? 'error' : 'warning',
      evidence: [close.evidence],
      title: `${who} closed with ${code}${said ? '' : ' (invalid payload data)'}: ${said ? 'a text message was no UTF-8' : 'most likely a text message was no UTF-8'}`,
      culprit: null,
    };
  },
});

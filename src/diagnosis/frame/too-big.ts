import { closeThat, defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.too-big',
  cause: 'frame',
  severity: 'warning',
  title: 'A frame is larger than receivers take',
  question: 'Does a frame announce more than anybody takes, or did a side close with 1009?',
  remedy: 'Send smaller messages, or raise the limit of the receiver (maxPayload, max_size): past it they close with 1009.',
  fixes: [],
  rfc: 'RFC 6455 7.4.1',
  examine: (exchange) => {
    const seen = defectVerdict(exchange, 'too-big');
    if (seen) return seen;
    const close = closeThat(exchange, ({ code }) => code === 1009);
    if (!close) return undefined;
    return {
      confidence: 0.9,
      evidence: [close.evidence],
      title: `${close.who} closed with 1009: a message was larger than it takes`,
      severity: 'error',
      culprit: null,
    };
  },
});

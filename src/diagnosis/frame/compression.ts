import { agreedOnDeflate, closeThat, defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.compression',
  cause: 'frame',
  severity: 'error',
  title: 'A compressed message cannot be inflated',
  question: 'Is the payload of a compressed message no DEFLATE data, or did a side close because it could not inflate one?',
  remedy:
    'Look for a gateway that drops or changes compressed messages: with context takeover each one needs those before it. Switching permessage-deflate off, or server_no_context_takeover, shows whether it is that.',
  fixes: [{ for: 'the server', text: 'Use one compressor for each connection, and send what it gives in the same order.' }],
  rfc: 'RFC 7692 7.2',
  examine: (exchange) => {
    const seen = defectVerdict(exchange, 'compression');
    if (seen) return seen;
    if (!agreedOnDeflate(exchange)) return undefined;
    const close = closeThat(exchange, ({ code, reason }) => code === 1007 || ((code === 1002 || code === 1011) && speaksOfIt(reason)));
    if (!close) return undefined;
    const { who, code, reason } = close;
    const said = speaksOfIt(reason);
    if (reason !== '' && !said) return undefined;
    return {
      // Without a word 1007 is as well for text that is no UTF-8.
      confidence: said ? 0.93 : 0.5,
      evidence: [close.evidence],
      title: `${who} closed with ${code}: ${said ? 'it could not inflate a message' : 'it may have been unable to inflate a message'}`,
      culprit: null,
    };
  },
});

const speaksOfIt = (reason: string): boolean => /inflat|deflat|decompress|zlib|compressed/i.test(reason);

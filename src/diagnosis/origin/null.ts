import { fieldEvidence } from '../evidence.js';
import { originRefusal } from '../origins.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'origin.null',
  cause: 'origin',
  severity: 'error',
  title: 'The server refused the Origin null',
  question: 'Was a handshake with the literal Origin null refused?',
  remedy: 'Serve the page over http or https: a file://, a data: URL and a sandboxed frame have no origin.',
  fixes: [
    { for: 'the client', text: 'Open the page from a web server, not from a file.', config: 'npx http-server .' },
    {
      for: 'the page',
      text: 'Give the sandboxed frame an origin of its own.',
      config: '<iframe sandbox="allow-scripts allow-same-origin">',
    },
    ...remediesFor('origin'),
  ],
  rfc: 'RFC 6454 7.1',
  examine: (exchange) => {
    const refusal = originRefusal(exchange);
    if (refusal?.origin !== 'null') return undefined;
    return {
      confidence: Math.max(refusal.confidence, 0.85),
      evidence: [...refusal.evidence, fieldEvidence(refusal.request, 'Origin')],
      title: `The server ${refusal.words} to the Origin null`,
    };
  },
});

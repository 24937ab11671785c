import { field } from '../../model/head.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'server.redirect',
  cause: 'server',
  severity: 'error',
  title: 'The handshake is redirected',
  question: 'Was the answer a redirect?',
  remedy: 'Use the final URL. Browsers never follow a redirect of a WebSocket; ws follows with followRedirects, Python by itself.',
  fixes: [
    { for: 'the client', text: 'Put the URL of the Location field into the client, with ws:// or wss://.' },
    { for: 'ws (Node)', text: 'Let the client follow.', config: 'new WebSocket(url, { followRedirects: true });' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 300, 301, 302, 303, 307, 308);
    if (!answer) return undefined;
    return {
      confidence: 0.9,
      evidence: [startLine(answer), fieldEvidence(answer, 'Location')],
      title: `The handshake is redirected to ${field(answer.head, 'Location') ?? 'nowhere'}`,
    };
  },
});

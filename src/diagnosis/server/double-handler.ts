import { defineRule } from '../rule.js';

/** How ws begins a refusal (8.23); socket.io writes `Content-type`. */
const refusalOfWs = /^HTTP\/1\.1 [45]\d\d [^\r\n]*\r\nConnection: close\r\nContent-Type: text/;

export const rule = defineRule({
  code: 'server.double-handler',
  cause: 'server',
  severity: 'error',
  title: 'Two handlers answered the same handshake',
  question: 'Does a second 101, or a refusal as ws writes it, follow the first?',
  remedy: 'Have one upgrade listener that knows all paths; ws says "handleUpgrade was called more than once" for the same mistake.',
  fixes: [{ for: 'ws (Node)', text: 'Use noServer and one upgrade listener.', config: 'new WebSocketServer({ noServer: true });' }],
  rfc: 'RFC 6455 4.2.2',
  examine: ({ frames }) => {
    const text = frames.fromServer.firstBytes;
    const evidence = [{ leg: 'server', what: 'frames', text, offset: 0 }] as const;
    if (/^\s*HTTP\/1\.[01] 101/.test(text)) return { confidence: 0.97, evidence };
    // ws refuses so what another listener, as socket.io's, has taken: its `path` does not fit.
    return refusalOfWs.test(text)
      ? { confidence: 0.96, evidence, title: 'Two upgrade listeners answered the same handshake: one opened it, and ws refused it' }
      : undefined;
  },
});

import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.double-handler',
  cause: 'server',
  severity: 'error',
  title: 'Two handlers answered the same handshake',
  question: 'Does a second 101 follow the first?',
  remedy: 'Have one upgrade listener that knows all paths; ws says "handleUpgrade was called more than once" for the same mistake.',
  fixes: [{ for: 'ws (Node)', text: 'Use noServer and one upgrade listener.', config: 'new WebSocketServer({ noServer: true });' }],
  rfc: 'RFC 6455 4.2.2',
  examine: ({ frames }) => {
    const text = frames.fromServer.firstBytes;
    return /^\s*HTTP\/1\.[01] 101/.test(text)
      ? { confidence: 0.97, evidence: [{ leg: 'server', what: 'frames', text, offset: 0 }] }
      : undefined;
  },
});

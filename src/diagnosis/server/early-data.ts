import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.early-data',
  cause: 'server',
  severity: 'error',
  title: 'The server sent a frame before the 101',
  question: 'Do the first bytes of the answer make a WebSocket frame?',
  remedy: 'Write only after the 101 is out: in the connection handler, not in the upgrade listener.',
  fixes: [
    {
      for: 'ws (Node)',
      text: 'Send in the callback of handleUpgrade or later.',
      config: "wss.handleUpgrade(req, socket, head, (ws) => ws.send('hello'));",
    },
  ],
  rfc: 'RFC 6455 4.2.2',
  examine: ({ notAHead }) => {
    const raw = notAHead.serverSent?.why === 'unknown-bytes' ? notAHead.serverSent.raw : '';
    // FIN and an opcode that a server begins with, then a length without a mask.
    if (!/^[\x81\x82\x88\x89\x8a][\x00-\x7e]/.test(raw)) return undefined;
    const bytes = [...raw.slice(0, 8)].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    return {
      confidence: /HTTP\/1\.[01] 101/.test(raw) ? 0.98 : 0.85,
      evidence: [{ leg: 'server', what: 'response-head', text: `${bytes}: a WebSocket frame where a status line was due`, offset: 0 }],
    };
  },
});

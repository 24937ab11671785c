import { bodyExcerpt, type Seen, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

const complaint = /Transport unknown|Unsupported protocol version|Bad handshake method/;

export const rule = defineRule({
  code: 'url.socketio-params',
  cause: 'url',
  severity: 'error',
  title: 'The URL lacks what socket.io wants',
  question: 'Did socket.io complain about the transport or the protocol version in the query?',
  remedy: 'Use a socket.io client whose major version fits the server, or give the query by hand.',
  fixes: [
    {
      for: 'socket.io',
      text: 'Versions 3 and 4 of the server speak EIO=4; a client of version 2 needs `allowEIO3: true` there.',
      config: 'wss://app.example/socket.io/?EIO=4&transport=websocket',
    },
  ],
  rfc: 'engine.io protocol 4',
  examine: (exchange) => {
    const request = requestOf(exchange);
    const line = (seen: Seen | undefined) => (seen ? [startLine(seen)] : []);
    const answer = refusedWith(exchange, 400);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    if (answer && said) return { confidence: 0.97, evidence: [said, startLine(answer), ...line(request)] };
    // Over a WebSocket the complaint comes as HTTP text behind the 101: measured with 4.8.4, which writes `Content-type`; ws does not.
    const late = exchange.frames.fromServer.firstBytes;
    if (!/^HTTP\/1\.[01] 400/.test(late) || /^Content-Type/m.test(late) || !/[?&]EIO=/.test(request?.head.startLine ?? ''))
      return undefined;
    return { confidence: 0.9, evidence: [{ leg: 'server', what: 'frames', text: late, offset: 0 }, ...line(request)] };
  },
});

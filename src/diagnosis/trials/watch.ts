import type { Evidence } from '../../model/finding.js';
import { endEvidence } from '../endings.js';
import { type Conclude, type Conclusion, didOpen, openFor } from './trial.js';

/** What showed itself while the open WebSocket was watched, and is no fault to a client that leaves by itself: an early goodbye, a missing Pong. */
export const concludeWatch: Conclude = ({ first, findings, holdMs }) => {
  if (!didOpen(first) || findings.some(({ severity }) => severity === 'error')) return [];
  const { fromServer, fromClient } = first.frames;
  const drawn: Conclusion[] = [];
  const lasted = openFor(first);
  const unchosen = findings.find(({ code }) => code === 'server.subprotocol-missing');
  if (unchosen)
    drawn.push({
      code: unchosen.code,
      verdict: {
        confidence: unchosen.confidence,
        // "Establish a WebSocket connection" of the WebSockets Standard (WHATWG): whoever has named protocols fails where none comes back.
        severity: 'error',
        evidence: [unchosen.evidence[0] ?? endEvidence(first, 'server'), ...unchosen.evidence.slice(1)],
        title: 'The server chose none of the offered subprotocols, and so a browser hangs up',
      },
    });
  if (lasted < holdMs) {
    const said: Evidence = fromServer.close
      ? { leg: 'server', what: 'frames', text: `Close ${fromServer.close.code} ${fromServer.close.reason}`.trim() }
      : endEvidence(first, 'server');
    const title = fromServer.close
      ? `The server closed with ${fromServer.close.code} after ${Math.round(lasted)} ms`
      : `The server ended the connection after ${Math.round(lasted)} ms`;
    drawn.push({
      code: fromServer.close ? 'server.close-policy' : 'server.close-after-101',
      verdict: { confidence: 0.9, severity: 'error', evidence: [said], title },
    });
  }
  if (lasted >= holdMs && fromClient.pings > 0 && fromServer.pongs === 0)
    drawn.push({
      code: 'frame.ping-timeout',
      verdict: {
        confidence: 0.8,
        severity: 'warning',
        evidence: [{ leg: 'server', what: 'frames', text: `a Ping was sent, and no Pong came within ${holdMs} ms` }],
        title: 'The server, or something on the way, did not answer a Ping',
        culprit: null,
      },
    });
  return drawn;
};

import type { Evidence } from '../../model/finding.js';
import { closeCodeName } from '../../wire/close-code.js';
import { endEvidence } from '../endings.js';
import { type Conclude, type Conclusion, didOpen, openFor, serverLeft } from './trial.js';

/** Jetty, Tomcat and Undertow say so themselves. */
const idle = /idle|timed? ?-?out/i;
const wake = { for: 'the client', text: 'Send a message or a Ping more often than the idle timeout of the server, or raise that timeout.' };

/** What showed itself while the open WebSocket was watched, and is no fault to a client that leaves by itself: an early goodbye, a missing Pong. */
export const concludeWatch: Conclude = ({ first, findings, holdMs }) => {
  if (!didOpen(first) || findings.some(({ code, severity }) => severity === 'error' && code !== 'server.close-policy')) return [];
  const { fromServer, fromClient } = first.frames;
  const drawn: Conclusion[] = [];
  const lasted = openFor(first);
  const left = serverLeft(first);
  const { close } = fromServer;
  if (lasted < holdMs || left) {
    const when = lasted < holdMs ? ` after ${Math.round(lasted)} ms` : ' while it was watched';
    const said: Evidence = close
      ? { leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }
      : endEvidence(first, 'server');
    drawn.push({
      code: close ? 'server.close-policy' : 'server.close-after-101',
      verdict: {
        confidence: 0.9,
        severity: 'error',
        evidence: [said],
        title: close
          ? `The server closed with ${close.code} (${closeCodeName(close.code)})${when}${close.reason ? `: ${close.reason}` : ''}`
          : `The server ended the connection${when}`,
        ...(idle.test(close?.reason ?? '') && { fix: [wake] }),
      },
    });
  }
  if (lasted >= holdMs && !left && fromClient.pings > 0 && fromServer.pongs === 0)
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

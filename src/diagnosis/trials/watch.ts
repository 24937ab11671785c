import type { Evidence } from '../../model/finding.js';
import { closeCodeName } from '../../wire/close-code.js';
import { endEvidence } from '../endings.js';
import { type Conclude, type Conclusion, didOpen, openFor, serverLeft, type Tried } from './trial.js';

/** Jetty and Tomcat say so themselves. */
const idle = /idle|timed? ?-?out/i;
const wake = { for: 'the client', text: 'Send a message or a Ping more often than the idle timeout of the server, or raise that timeout.' };

/** What showed itself while the open WebSocket was watched, and is no fault to a client that leaves by itself: an early goodbye, a missing Pong. */
export const concludeWatch: Conclude = ({ first, findings, holdMs }) => {
  if (!didOpen(first) || findings.some(({ severity, code }) => severity === 'error' && code !== 'server.close-policy')) return [];
  const { fromServer, fromClient } = first.frames;
  const drawn: Conclusion[] = [];
  const unchosen = findings.find(({ code }) => code === 'server.subprotocol-missing');
  if (unchosen)
    drawn.push({
      code: unchosen.code,
      verdict: {
        confidence: 0.95,
        severity: 'error',
        evidence: [{ leg: 'server', what: 'trial', text: 'as asked: it opens, with a client that goes on' }, ...unchosen.evidence],
        // The WebSockets Standard has them fail (section 3, "establish a WebSocket connection"), RFC 6455 section 4.1 has not.
        title: 'The server chose none of the offered subprotocols: Chromium, ws and undici refuse that; Firefox, Go and Python go on',
      },
    });
  const lasted = openFor(first);
  const { close } = fromServer;
  const left = serverLeft(first);
  if (lasted < holdMs || left) {
    const known = findings.find(({ code }) => code === 'server.close-policy');
    const said: Evidence = close
      ? { leg: 'server', what: 'frames', text: close.code === 1005 ? 'Close without a code' : `Close ${close.code} ${close.reason}`.trim() }
      : endEvidence(first, 'server');
    const how = close ? `closed ${closeText(close)}` : 'ended the connection';
    const when = lasted < holdMs ? `after ${Math.round(lasted)} ms` : 'while it was watched';
    drawn.push({
      code: close ? 'server.close-policy' : 'server.close-after-101',
      // Our client says Close first only when its time is up.
      verdict: {
        confidence: 0.92,
        severity: 'error',
        evidence: [said],
        title: close?.code === 1005 && known ? known.title : `The server ${how} ${when}`,
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

/** 1005 never crosses the wire (RFC 6455 section 7.4.1): it is a Close without a payload. */
const closeText = ({ code, reason }: NonNullable<Tried['first']['frames']['fromServer']['close']>): string =>
  code === 1005 ? 'without a code' : `with ${code} (${closeCodeName(code)})${reason ? `: ${reason}` : ''}`;

import type { Evidence } from '../../model/finding.js';
import { targetName } from '../sights.js';
import { type Conclude, type Conclusion, didOpen, gotHttp, heardNothing, trialsOf } from './trial.js';

/**
 * Silence is a matter of patience, and doctor knows how long it waited; a rule that reads the wire does not. Also the last word on every failed attempt
 * of which no rule knows anything.
 */
export const concludeUnheard: Conclude = (tried) => {
  const { first, findings } = tried;
  if (didOpen(first) || findings.some(({ severity }) => severity === 'error')) return [];
  const { server, upstream, heads, target } = first;
  const name = targetName(first);
  const say = (code: string, title: string, what: Evidence['what'] = 'timing'): readonly Conclusion[] => [
    { code, verdict: { confidence: 0.8, evidence: [{ leg: 'server', what, text: title }], title, culprit: null } },
  ];
  if (upstream && upstream.outcome !== 'ok' && heads.clientSent === null && !server?.tls)
    return say('intermediary.connect-timeout', 'The proxy did not answer in time');
  if (!server?.peer) return say('url.unreachable', `No connection to ${name} came about in time`, 'connect');
  if (target?.scheme === 'wss' && !server.tls)
    return say('tls.handshake-timeout', `${name} takes the connection, and answers no ClientHello`, 'tls');
  // Of ws a request is on record. A balancer without a live server behind it takes connections, and ends them at once.
  if (target?.scheme === 'tcp' && server.end?.by === 'peer' && server.bytesIn === 0)
    return say('tls.handshake-eof', `${name} takes the connection, and ends it before a word of TLS`, 'end');
  // The plain GET tells who is slow.
  if (heardNothing(first) && trialsOf(tried, 'plain-get').some(({ exchange }) => gotHttp(exchange))) return [];
  if (heardNothing(first)) return say('server.slow', `${name} took the request, and answered nothing in time`);
  return say('server.status-unexpected', `${name} did not open the WebSocket`, 'end');
};

import type { Exchange } from '../../model/exchange.js';
import { isHttp2 } from '../../model/head.js';
import { endEvidence, endOf, unanswered } from '../endings.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { isSecure, refusedWith, targetName } from '../sights.js';

/** nginx, Apache httpd, Go, Tomcat, Cheroot. */
const complaint =
  /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled server port|sent an HTTP request to an HTTPS server|combination of host and port requires TLS|this server only speaks HTTPS on this port/i;
const tlsPorts = [443, 8443, 9443, 4443, 2053, 2083, 2087, 2096];

/** The URL asks for TLS, and the server leg that stands has none. */
const leftInTheClear = ({ server, heads, imported }: Exchange): boolean =>
  !imported &&
  heads.serverGot !== null &&
  !isHttp2(heads.serverGot) &&
  server !== null &&
  server.peer !== null &&
  !server.tls &&
  !server.tlsFailure;

export const rule = defineRule({
  code: 'url.scheme-mismatch-plain-to-tls',
  cause: 'url',
  severity: 'error',
  title: 'Plain HTTP was spoken to a port that speaks TLS',
  question:
    'Was a plain request answered with a TLS record, with a complaint about plain HTTP, or with nothing by a port that usually speaks TLS?',
  remedy: 'Use wss:// for this port.',
  fixes: [{ for: 'the client', text: 'Use wss:// instead of ws://; a page opened over https may use nothing else anyway.' }],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const title = `${targetName(exchange)} speaks TLS, not plain HTTP`;
    const raw = exchange.notAHead.serverSent?.raw ?? '';
    if (/^[\x15\x16]\x03/.test(raw)) {
      const record = raw.startsWith('\x15') ? 'alert' : 'handshake';
      const bytes = [...raw.slice(0, 8)].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
      return {
        confidence: 0.98,
        evidence: [{ leg: 'server', what: 'response-head', text: `${bytes}: a TLS ${record} record`, offset: 0 }],
        title,
      };
    }
    const answer = refusedWith(exchange, 400, 497);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    if (answer && said) return { confidence: 0.98, evidence: [startLine(answer), said], title };
    // Node's https server just closes; so does many a server for other reasons.
    const secure = isSecure(exchange);
    if ((secure && !leftInTheClear(exchange)) || !exchange.target || !unanswered(exchange) || endOf(exchange, 'server')?.by !== 'peer')
      return undefined;
    if (exchange.server?.bytesIn) return undefined;
    const usual = secure || tlsPorts.includes(exchange.target.port);
    if (!usual && endOf(exchange, 'server')?.how !== 'fin') return undefined;
    return {
      confidence: secure ? 0.9 : usual ? 0.75 : 0.35,
      evidence: [endEvidence(exchange, 'server')],
      title: usual ? title : `${targetName(exchange)} may speak TLS: it closed without a byte`,
    };
  },
});

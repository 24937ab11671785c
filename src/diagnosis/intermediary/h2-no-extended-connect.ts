import type { Evidence } from '../../model/finding.js';
import { field, isHttp2, requestLine } from '../../model/head.js';
import { endEvidence, endOf, goawayEvidence, resetCode, unanswered } from '../endings.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

/** How peers that do not know RFC 8441 reset such a stream, and how sure each is to mean that. */
const resets: Readonly<Record<string, number>> = { PROTOCOL_ERROR: 0.85, HTTP_1_1_REQUIRED: 0.97, REFUSED_STREAM: 0.6 };

/** Statuses by which a server says that it does not know the method or the :protocol, whatever its SETTINGS say. */
const unknown = [405, 501];

export const rule = defineRule({
  code: 'intermediary.h2-no-extended-connect',
  cause: 'intermediary',
  severity: 'error',
  title: 'The server speaks HTTP/2, but takes no WebSocket over it',
  question: 'Was an extended CONNECT reset or refused by a server whose SETTINGS do not allow it, or in a way that says so?',
  remedy:
    'Switch extended CONNECT (RFC 8441) on where HTTP/2 ends, or let it offer http/1.1 by ALPN too: a client that has not seen the setting opens a second connection for its WebSocket.',
  fixes: [
    { for: 'Envoy', text: 'Allow it for HTTP/2 and list the upgrade.', config: 'http2_protocol_options: { allow_connect: true }' },
    {
      for: 'Node http2',
      text: 'Say so in the SETTINGS.',
      config: 'http2.createSecureServer({ settings: { enableConnectProtocol: true } })',
    },
    {
      for: 'HAProxy',
      text: 'From 2.4 on it knows RFC 8441; keep http/1.1 in ALPN for clients that do not.',
      config: 'bind :443 ssl crt site.pem alpn h2,http/1.1',
    },
    { for: 'nginx', text: 'It does not know RFC 8441: keep HTTP/1.1 enabled beside http2, and browsers use it for their WebSockets.' },
    { for: 'the client', text: 'Wait for the SETTINGS, and use HTTP/1.1 where ENABLE_CONNECT_PROTOCOL is not 1 (RFC 8441 section 3).' },
  ],
  rfc: 'RFC 8441 3, 4',
  examine: (exchange) => {
    const request = exchange.heads.serverGot;
    if (!request || !isHttp2(request) || requestLine(request).method !== 'CONNECT' || field(request, ':protocol') === undefined)
      return undefined;
    const settings = exchange.http2?.settings.server;
    const lacking = settings !== undefined && settings !== null && settings.ENABLE_CONNECT_PROTOCOL !== 1;
    const end = endOf(exchange, 'server');
    const code = resetCode(end);
    const reset = code !== undefined && end?.by === 'peer' && unanswered(exchange) ? code : undefined;
    const answer = refusedWith(exchange, ...(lacking ? anyRefusal : unknown));
    const said: Evidence[] = settings
      ? [
          {
            leg: 'server',
            what: 'settings',
            text: `ENABLE_CONNECT_PROTOCOL=${settings.ENABLE_CONNECT_PROTOCOL ?? 'not sent'} in the SETTINGS of the server`,
          },
        ]
      : [];
    const asked = fieldEvidence({ leg: 'server', head: request }, ':protocol');
    const sure = lacking ? 0.97 : undefined;
    if (reset !== undefined && (lacking || resets[reset] !== undefined)) {
      return {
        confidence: sure ?? resets[reset] ?? 0.6,
        evidence: [endEvidence(exchange, 'server'), ...said, asked, ...goawayEvidence(exchange, 'server')],
        title: `The server reset the extended CONNECT (RST_STREAM with ${reset})${lacking ? ', which its SETTINGS do not allow' : ''}`,
      };
    }
    if (answer) {
      return {
        // A login or an Origin may be refused by whoever knows the rest.
        confidence: [401, 403].includes(answer.status) ? 0.5 : (sure ?? 0.8),
        evidence: [startLine(answer), ...said, asked],
        title: `The server answered ${answer.status} to an extended CONNECT${lacking ? ', which its SETTINGS do not allow' : ''}`,
      };
    }
    if (!lacking || !unanswered(exchange) || exchange.endedAt === null || end?.by !== 'peer') return undefined;
    return { confidence: 0.8, evidence: [endEvidence(exchange, 'server'), ...said, asked, ...goawayEvidence(exchange, 'server')] };
  },
});

const anyRefusal: readonly number[] = Array.from({ length: 200 }, (_, i) => 400 + i);

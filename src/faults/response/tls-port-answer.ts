import { defineFault } from '../fault.js';
import { apacheBadRequest } from '../pages/apache.js';
import { goPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { settingOf, writePage } from '../pages/page.js';

export const fault = defineFault({
  id: 'tls-port-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'Plain ws:// meets a port that speaks TLS',
  about:
    'A plain handshake gets the answer of a TLS port: an alert, the complaint of a web server, or no byte at all. Handshakes in TLS are left alone.',
  imitates: 'A URL with ws:// in place of wss://, a load balancer that was switched to TLS while its clients were not.',
  params: {
    brand: {
      type: 'string',
      default: 'alert',
      choices: ['alert', 'nginx', 'apache', 'go', 'node'],
      about:
        '`alert` is what OpenSSL says, a fatal alert protocol_version; `nginx`, `apache` and `go` are their pages with 400; `node` is the bare end of the connection.',
    },
  },
  example: 'tls-port-answer:brand=alert',
  expects: ['url.scheme-mismatch-plain-to-tls', 'server.empty-reply'],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'Parse Error: Expected HTTP/, RTSP/ or ICE/; Unexpected server response: 400; socket hang up with `brand=node`.',
    },
    {
      client: 'Chromium',
      sees: 'net::ERR_INVALID_HTTP_RESPONSE; Unexpected response code: 400; Connection closed before receiving a handshake response.',
    },
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response, or InvalidStatusCode.' },
    { client: 'Go (gorilla, coder)', sees: 'malformed HTTP response "\\x15\\x03\\x01...", bad handshake, or EOF.' },
  ],
  rows: ['url.plain-to-tls'],
  apply: (answer, { brand }, context) => {
    const { scheme } = context.target;
    if (scheme === 'wss' || scheme === 'https') return undefined;
    if (brand === 'alert') return { raw: '\x15\x03\x01\x00\x02\x02\x46', end: 'fin' };
    if (brand === 'node') return { raw: '', end: 'fin' };
    const at = settingOf(answer, context);
    if (brand === 'go') return writePage(goPage(400, at, 'Client sent an HTTP request to an HTTPS server.\n'));
    if (brand === 'apache') {
      const complaint =
        "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />\n Instead use the HTTPS scheme to access this URL, please.<br />\n";
      return writePage(apacheBadRequest(at, complaint));
    }
    const more = 'The plain HTTP request was sent to HTTPS port';
    return writePage(nginxPage(400, at, { title: `400 ${more}`, more }));
  },
});

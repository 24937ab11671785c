import type { Setup } from '../setup.js';
import { setup as blackhole } from './blackhole.js';
import { setup as caddyPage } from './caddy-page.js';
import { setup as http2Cleartext } from './http2-cleartext.js';
import { setup as ipv6 } from './ipv6.js';
import { setup as lighttpd404 } from './lighttpd-404.js';
import { setup as nginxNoLocation } from './nginx-no-location.js';
import { setup as otherLoopback } from './other-loopback.js';
import { setup as plainToCaddy } from './plain-to-caddy.js';
import { setup as plainToHaproxy } from './plain-to-haproxy.js';
import { setup as plainToNginx } from './plain-to-nginx.js';
import { setup as plainToNode } from './plain-to-node.js';
import { setup as plainToOpenssl } from './plain-to-openssl.js';
import { setup as plainToStunnel } from './plain-to-stunnel.js';
import { setup as refused } from './refused.js';
import { setup as refusedWss } from './refused-wss.js';
import { setup as smtp } from './smtp.js';
import { setup as smtpTls } from './smtp-tls.js';
import { setup as sshBanner } from './ssh-banner.js';
import { setup as tlsToHaproxy } from './tls-to-haproxy.js';
import { setup as tlsToNginx } from './tls-to-nginx.js';
import { setup as tlsToPython } from './tls-to-python.js';
import { setup as tlsToWs } from './tls-to-ws.js';
import { setup as unknownName } from './unknown-name.js';
import { setup as wsPath } from './ws-path.js';

export const urlSetups: readonly Setup[] = [
  blackhole,
  caddyPage,
  http2Cleartext,
  ipv6,
  lighttpd404,
  nginxNoLocation,
  otherLoopback,
  plainToCaddy,
  plainToHaproxy,
  plainToNginx,
  plainToNode,
  plainToOpenssl,
  plainToStunnel,
  refused,
  refusedWss,
  smtp,
  smtpTls,
  sshBanner,
  tlsToHaproxy,
  tlsToNginx,
  tlsToPython,
  tlsToWs,
  unknownName,
  wsPath,
];

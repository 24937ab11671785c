import type { Setup } from '../setup.js';
import { setup as danteAsHttp } from './dante-as-http.js';
import { setup as danteDeadServer } from './dante-dead-server.js';
import { setup as danteDenied } from './dante-denied.js';
import { setup as danteHealthy } from './dante-healthy.js';
import { setup as down } from './down.js';
import { setup as mitmproxy } from './mitmproxy.js';
import { setup as mitmproxyBadServer } from './mitmproxy-bad-server.js';
import { setup as mitmproxyTrusted } from './mitmproxy-trusted.js';
import { setup as silent } from './silent.js';
import { setup as smtp } from './smtp.js';
import { setup as squidAsHttps } from './squid-as-https.js';
import { setup as squidAsSocks } from './squid-as-socks.js';
import { setup as squidDeadServer } from './squid-dead-server.js';
import { setup as squidDeniedHost } from './squid-denied-host.js';
import { setup as squidDeniedPort } from './squid-denied-port.js';
import { setup as squidHealthy } from './squid-healthy.js';
import { setup as squidPasswordHealthy } from './squid-password-healthy.js';
import { setup as squidPasswordMissing } from './squid-password-missing.js';
import { setup as squidPasswordWrong } from './squid-password-wrong.js';
import { setup as squidPlainHealthy } from './squid-plain-healthy.js';
import { setup as squidUnknownName } from './squid-unknown-name.js';
import { setup as tinyproxyDeadServer } from './tinyproxy-dead-server.js';
import { setup as tinyproxyDeniedPort } from './tinyproxy-denied-port.js';
import { setup as tinyproxyFiltered } from './tinyproxy-filtered.js';
import { setup as tinyproxyHealthy } from './tinyproxy-healthy.js';
import { setup as tinyproxyPasswordMissing } from './tinyproxy-password-missing.js';
import { setup as unknownName } from './unknown-name.js';
import { setup as webServer } from './web-server.js';

export const forwardSetups: readonly Setup[] = [
  danteAsHttp,
  danteDeadServer,
  danteDenied,
  danteHealthy,
  down,
  mitmproxy,
  mitmproxyBadServer,
  mitmproxyTrusted,
  silent,
  smtp,
  squidAsHttps,
  squidAsSocks,
  squidDeadServer,
  squidDeniedHost,
  squidDeniedPort,
  squidHealthy,
  squidPasswordHealthy,
  squidPasswordMissing,
  squidPasswordWrong,
  squidPlainHealthy,
  squidUnknownName,
  tinyproxyDeadServer,
  tinyproxyDeniedPort,
  tinyproxyFiltered,
  tinyproxyHealthy,
  tinyproxyPasswordMissing,
  unknownName,
  webServer,
];

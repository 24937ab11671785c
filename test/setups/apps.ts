import { setup as expressAppListen } from './express/app-listen.js';
import { setup as expressCorsMiddleware } from './express/cors-middleware.js';
import { setup as expressForbidden } from './express/forbidden.js';
import { setup as expressForeignOrigin } from './express/foreign-origin.js';
import { setup as expressHealthy } from './express/healthy.js';
import { setup as expressLogin } from './express/login.js';
import { setup as expressSpa } from './express/spa.js';
import { setup as fastApiCrash } from './fastapi/crash.js';
import { setup as fastApiForeignOrigin } from './fastapi/foreign-origin.js';
import { setup as fastApiHealthy } from './fastapi/healthy.js';
import { setup as fastApiUnknownPath } from './fastapi/unknown-path.js';
import { setup as fastifyHook } from './fastify/hook.js';
import { setup as fastifyNoHandler } from './fastify/no-handler.js';
import { setup as fastifyRoute } from './fastify/route.js';
import { setup as goCheckOrigin } from './go/check-origin.js';
import { setup as goHealthy } from './go/healthy.js';
import { setup as goNoHijacker } from './go/no-hijacker.js';
import { setup as goOtherPath } from './go/other-path.js';
import { setup as goPlain } from './go/plain.js';
import { setup as javaNoContext } from './java/no-context.js';
import { setup as javaPlain } from './java/plain.js';
import { setup as middlewareChangeOrigin } from './middleware/change-origin.js';
import { setup as middlewareTargetDown } from './middleware/target-down.js';
import { setup as middlewareWithoutUpgrade } from './middleware/without-upgrade.js';
import { setup as middlewareWithoutWs } from './middleware/without-ws.js';
import { setup as nghttpxDeadApp } from './nghttpx/dead-app.js';
import { setup as nghttpxHealthy } from './nghttpx/healthy.js';
import { setup as aiohttp500 } from './python/aiohttp-crash.js';
import { setup as aiohttpHealthy } from './python/aiohttp-healthy.js';
import { setup as aiohttpHeartbeat } from './python/aiohttp-heartbeat.js';
import { setup as aiohttpOrigin } from './python/aiohttp-origin.js';
import { setup as aiohttpPlain } from './python/aiohttp-plain.js';
import { setup as pythonCrash } from './python/crash.js';
import { setup as flaskRoute } from './python/flask.js';
import { setup as pythonHealthy } from './python/healthy.js';
import { setup as pythonHttpServer } from './python/http-server.js';
import { setup as pythonHttpServer404 } from './python/http-server-404.js';
import { setup as pythonNoGet } from './python/no-get.js';
import { setup as pythonOriginMissing } from './python/origin-missing.js';
import { setup as pythonOrigins } from './python/origins.js';
import { setup as python503 } from './python/shutting-down.js';
import { setup as pythonToken } from './python/token.js';
import { setup as tornadoOrigin } from './python/tornado-origin.js';
import type { Setup } from './setup.js';
import { setup as socketIoAllowRequest } from './socket-io/allow-request.js';
import { setup as socketIoCorsOnly } from './socket-io/cors-only.js';
import { setup as socketIoOldClient } from './socket-io/old-client.js';
import { setup as socketIoOtherPath } from './socket-io/other-path.js';
import { setup as socketIoPlainClient } from './socket-io/plain-client.js';
import { setup as socketIoPollingOnly } from './socket-io/polling-only.js';
import { setup as socketIoUnknownSession } from './socket-io/unknown-session.js';
import { setup as socketIoWithoutQuery } from './socket-io/without-query.js';
import { setup as viteAllowedHosts } from './vite/allowed-hosts.js';
import { setup as viteHealthy } from './vite/healthy.js';
import { setup as viteNoSubprotocol } from './vite/no-subprotocol.js';
import { setup as viteProxyDown } from './vite/proxy-down.js';
import { setup as viteProxyOrigin } from './vite/proxy-origin.js';
import { setup as viteProxyWithoutWs } from './vite/proxy-without-ws.js';
import { setup as viteToken } from './vite/token.js';
import { setup as webpackAllowedHosts } from './webpack/allowed-hosts.js';
import { setup as webpackForeignOrigin } from './webpack/foreign-origin.js';
import { setup as webpackHealthy } from './webpack/healthy.js';
import { setup as webpackProxyWithoutWs } from './webpack/proxy-without-ws.js';
import { setup as wsBadAccept } from './ws/bad-accept.js';
import { setup as ws503 } from './ws/busy.js';
import { setup as wsClose1008 } from './ws/close-1008.js';
import { setup as wsClose1011 } from './ws/close-1011.js';
import { setup as wsClose4401 } from './ws/close-4401.js';
import { setup as wsCloseOrigin } from './ws/close-origin.js';
import { setup as wsCompressed } from './ws/compressed.js';
import { setup as wsConnectionClose } from './ws/connection-close.js';
import { setup as wsCrash } from './ws/crash.js';
import { setup as wsDestroys } from './ws/destroys.js';
import { setup as wsEarlyFrame } from './ws/early-frame.js';
import { setup as wsHealthyAll } from './ws/healthy-all.js';
import { setup as wsHttpAfter } from './ws/http-after.js';
import { setup as ws500 } from './ws/internal-error.js';
import { setup as wsMasked } from './ws/masked.js';
import { setup as wsNeedsOrigin } from './ws/needs-origin.js';
import { setup as wsNoAccept } from './ws/no-accept.js';
import { setup as wsNoListener } from './ws/no-listener.js';
import { setup as wsNoUpgradeField } from './ws/no-upgrade-field.js';
import { setup as wsOldExtension } from './ws/old-extension.js';
import { setup as wsPath } from './ws/path.js';
import { setup as wsProtocolForeign } from './ws/protocol-foreign.js';
import { setup as wsSilent } from './ws/silent.js';
import { setup as wsStatus204 } from './ws/status-204.js';
import { setup as wsTerminates } from './ws/terminates.js';
import { setup as wsAskedOverTls } from './ws/tls-to-plain.js';
import { setup as wsTruncated } from './ws/truncated.js';
import { setup as wsTwoListeners } from './ws/two-listeners.js';
import { setup as wsTwoServers } from './ws/two-servers.js';
import { setup as wsUtf8 } from './ws/utf8.js';
import { setup as wsVerifyFalse } from './ws/verify-false.js';
import { setup as wsVerifyMessage } from './ws/verify-message.js';
import { setup as wsVerifyOrigin } from './ws/verify-origin.js';

/** Application servers and development servers. */
export const apps: readonly Setup[] = [
  fastApiCrash,
  fastApiForeignOrigin,
  fastApiHealthy,
  fastApiUnknownPath,
  nghttpxDeadApp,
  nghttpxHealthy,
  wsBadAccept,
  ws503,
  wsClose1008,
  wsClose1011,
  wsClose4401,
  wsCloseOrigin,
  wsCompressed,
  wsConnectionClose,
  wsCrash,
  wsDestroys,
  wsEarlyFrame,
  wsHealthyAll,
  wsHttpAfter,
  ws500,
  wsMasked,
  wsNeedsOrigin,
  wsNoAccept,
  wsNoListener,
  wsNoUpgradeField,
  wsOldExtension,
  wsPath,
  wsProtocolForeign,
  wsSilent,
  wsStatus204,
  wsTerminates,
  wsAskedOverTls,
  wsTruncated,
  wsTwoListeners,
  wsTwoServers,
  wsUtf8,
  wsVerifyFalse,
  wsVerifyMessage,
  wsVerifyOrigin,
  expressAppListen,
  expressCorsMiddleware,
  expressForbidden,
  expressForeignOrigin,
  expressHealthy,
  expressLogin,
  expressSpa,
  fastifyHook,
  fastifyNoHandler,
  fastifyRoute,
  socketIoAllowRequest,
  socketIoCorsOnly,
  socketIoOldClient,
  socketIoOtherPath,
  socketIoPlainClient,
  socketIoPollingOnly,
  socketIoUnknownSession,
  socketIoWithoutQuery,
  viteAllowedHosts,
  viteHealthy,
  viteNoSubprotocol,
  viteProxyDown,
  viteProxyOrigin,
  viteProxyWithoutWs,
  viteToken,
  webpackAllowedHosts,
  webpackForeignOrigin,
  webpackHealthy,
  webpackProxyWithoutWs,
  middlewareChangeOrigin,
  middlewareTargetDown,
  middlewareWithoutUpgrade,
  middlewareWithoutWs,
  aiohttp500,
  aiohttpHealthy,
  aiohttpHeartbeat,
  aiohttpOrigin,
  aiohttpPlain,
  pythonCrash,
  flaskRoute,
  pythonHealthy,
  pythonHttpServer404,
  pythonHttpServer,
  pythonNoGet,
  pythonOriginMissing,
  pythonOrigins,
  python503,
  pythonToken,
  tornadoOrigin,
  goCheckOrigin,
  goHealthy,
  goNoHijacker,
  goOtherPath,
  goPlain,
  javaNoContext,
  javaPlain,
];

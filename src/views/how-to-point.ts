import type { EngineInfo } from '../control/control.js';

export interface Pointer {
  readonly who: string;
  readonly text: string;
}

/** How one points an app at this proxy, by kind of app; empty over a recording. */
export const howToPoint = ({ proxy, reverse, ca }: Pick<EngineInfo, 'proxy' | 'reverse' | 'ca'>): Pointer[] => {
  if (proxy === null) return [];
  const trust = ca === null ? '' : quoted(ca);
  return [
    // Before 8.11 curl has no wss.
    { who: 'curl 8.11+', text: `curl --proxy ${proxy}${trust && ` --cacert ${trust}`} wss://HOST/PATH` },
    // Chromium never proxies loopback hosts unless told so; the CA goes into a throw-away profile's settings.
    { who: 'Chromium', text: `chromium --user-data-dir=/tmp/shakedown-profile --proxy-server=${proxy} --proxy-bypass-list='<-loopback>'` },
    // ws ignores HTTPS_PROXY; it wants an agent.
    { who: 'Node, ws', text: `new WebSocket(url, { agent: new HttpsProxyAgent('${proxy}') })` },
    ...(trust === '' ? [] : [{ who: 'and start', text: `NODE_EXTRA_CA_CERTS=${trust} node app.js` }]),
    { who: 'others', text: 'their proxy setting, HTTP or SOCKS5, at the same address' },
    ...reverse.map(({ prefix, url }) => ({ who: 'reverse', text: `${wsUrl(proxy)}${prefix}/PATH goes straight to ${url}` })),
  ];
};

/** Credentials are for the proxy; there is none in reverse mode. */
const wsUrl = (proxy: string): string => proxy.replace(/^http/, 'ws').replace(/\/\/[^@/]*@/, '//');

const quoted = (path: string): string => (/^[\w/.:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

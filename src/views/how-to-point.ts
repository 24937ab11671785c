import { clientSetups } from '../authority/client-setup.js';
import type { EngineInfo } from '../control/control.js';

export interface Pointer {
  readonly who: string;
  readonly text: string;
}

/** How one points an app at this proxy, by kind of app; empty over a recording. */
export const howToPoint = ({ proxy, reverse, ca }: Pick<EngineInfo, 'proxy' | 'reverse' | 'ca'>): Pointer[] => {
  if (proxy === null) return [];
  const rows = clientSetups({ proxy, caPath: ca, leafSpkiPin: null }).flatMap(({ brief, example }) =>
    brief === undefined ? [] : example.map((text, at) => ({ who: at === 0 ? brief : 'and start', text })),
  );
  return [
    ...rows,
    {
      who: 'others',
      text: `their proxy setting, HTTP or SOCKS5, at the same address${reverse.length === 0 ? '; the page there has more' : ''}`,
    },
    ...reverse.map(({ prefix, url }) => ({ who: 'reverse', text: `${wsUrl(proxy)}${prefix}/PATH goes straight to ${url}` })),
  ];
};

/** Credentials are for the proxy; there is none in reverse mode. */
const wsUrl = (proxy: string): string => proxy.replace(/^http/, 'ws').replace(/\/\/[^@/]*@/, '//');

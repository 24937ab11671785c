import { Problem } from '../model/problem.js';
import { type UpstreamProxy, upstreamUrl } from '../model/upstream.js';
import type { WayOut } from '../proxy/upstream/way-out.js';
import { type ProxyException, readException } from '../wire/no-proxy.js';
import { readProxyUrl } from '../wire/proxy-url.js';
import { type ResolveOverride, readOverride } from '../wire/resolve-override.js';

/** The texts of `--upstream-proxy`, `--no-proxy` (each a comma-separated list) and `--resolve`. */
export interface WayOutTexts {
  readonly upstreamProxy?: string | undefined;
  readonly noProxy?: readonly string[] | undefined;
  readonly resolve?: readonly string[] | undefined;
}

/** How the server leg leaves this machine. Throws a Problem (SHK_USAGE) that says which text is wrong, and how. */
export const parseWayOut = ({ upstreamProxy, noProxy = [], resolve = [] }: WayOutTexts): WayOut => {
  const upstream = upstreamProxy === undefined ? null : parseUpstream(upstreamProxy);
  if (upstream === null && noProxy.length > 0) {
    throw new Problem(
      'SHK_USAGE',
      '--no-proxy says what is reached without the upstream proxy, and there is none.',
      'Add --upstream-proxy URL.',
    );
  }
  const entries = noProxy.flatMap((list) => list.split(/[,\s]+/).filter((entry) => entry !== ''));
  return { upstream, exceptions: entries.map(parseException), resolve: resolve.map(parseOverride) };
};

const parseUpstream = (text: string): UpstreamProxy => {
  const read = readProxyUrl(text);
  if ('proxy' in read) return read.proxy;
  // The text may hold a password, and a message may end up in a log.
  const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
  throw new Problem(
    'SHK_USAGE',
    `--upstream-proxy ${JSON.stringify(shown)} ${read.why}.`,
    'Example: --upstream-proxy http://user:p%40ss@proxy.example:3128',
  );
};

const parseException = (text: string): ProxyException => {
  const read = readException(text);
  if ('exception' in read) return read.exception;
  throw new Problem('SHK_USAGE', `--no-proxy: ${read.why}.`, 'Example: --no-proxy localhost,.corp.example,10.0.0.0/8,api.example:8443');
};

const parseOverride = (text: string): ResolveOverride => {
  const read = readOverride(text);
  if ('override' in read) return read.override;
  throw new Problem(
    'SHK_USAGE',
    `--resolve ${JSON.stringify(text)} ${read.why}.`,
    'Example: --resolve api.example=127.0.0.1 or --resolve api.example:443=127.0.0.1:8443',
  );
};

/** What a user should see of it at the start; none where nothing is set. Never with credentials. */
export const wayOutNotices = ({ upstream, exceptions, resolve }: WayOut): readonly string[] => {
  const through = upstream
    ? [
        `The server leg goes through the upstream proxy ${upstreamUrl(upstream)}${upstream.credentials ? ' with credentials' : ''}${exceptions.length > 0 ? ', but for the hosts of --no-proxy' : ''}.`,
      ]
    : [];
  return [
    ...through,
    ...(resolve.length > 0 ? [`--resolve takes the resolver's place for ${resolve.map(({ text }) => text).join(', ')}.`] : []),
  ];
};

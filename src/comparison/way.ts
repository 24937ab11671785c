import type { Exchange } from '../model/exchange.js';
import { upstreamUrl } from '../model/upstream.js';
import { type Difference, differ } from './contrast.js';

type Pair = readonly [a: Exchange, b: Exchange];
type Read = (exchange: Exchange) => string;

/** Both, read the same way. */
export const both = ([a, b]: Pair, read: Read): readonly [string, string] => [read(a), read(b)];

/** Faults that were applied, each with its parameters. */
export const contrastFaults = (pair: Pair): Difference[] => {
  const texts = (exchange: Exchange): ReadonlyMap<string, string> =>
    new Map(
      exchange.applied.map(({ id, params, leg }) => [`fault.${id}`, [id, paramsOf(params), `on the ${leg} leg`].filter(Boolean).join(' ')]),
    );
  const [a, b] = [texts(pair[0]), texts(pair[1])];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.flatMap((name) => differ('fault', name, [a.get(name) ?? '', b.get(name) ?? '']));
};

const paramsOf = (params: Readonly<Record<string, unknown>>): string =>
  Object.entries(params)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/** Which server was meant. Its path and query are in the request. */
export const contrastTarget = (pair: Pair): Difference[] => {
  const [a, b] = pair;
  if (!a.target || !b.target)
    return differ(
      'not-reached',
      'target',
      both(pair, ({ target }) => target?.host ?? ''),
    );
  return [
    ...differ('scheme', 'target.scheme', secureOf(a) === secureOf(b) ? ['', ''] : both(pair, ({ target }) => target?.scheme ?? '')),
    ...differ(
      'host',
      'target.host',
      both(pair, ({ target }) => target?.host.toLowerCase() ?? ''),
    ),
    ...differ(
      'port',
      'target.port',
      both(pair, ({ target }) => String(target?.port ?? '')),
    ),
    ...differ(
      'outcome',
      'kind',
      both(pair, ({ kind }) => kind),
    ),
  ];
};

/** `ws` and `http` are one scheme: which of the two it is follows from the request. `tcp` says nothing yet. */
const secureOf = ({ target }: Exchange): boolean | null =>
  target?.scheme === 'tcp' ? null : target?.scheme === 'wss' || target?.scheme === 'https';

/** How the client came in, and how shakedown went on to the server. */
export const contrastWay = (pair: Pair): Difference[] => [
  ...differ(
    'entrance',
    'entrance',
    both(pair, ({ entrance }) => entrance ?? ''),
  ),
  ...differ(
    'dial',
    'server.dial',
    both(pair, ({ dialFailure }) => (dialFailure ? `failed: ${dialFailure.code}` : '')),
  ),
  ...differ(
    'way',
    'upstream',
    both(pair, ({ upstream }) => (upstream ? upstreamUrl(upstream.proxy) : '')),
  ),
  ...(pair[0].upstream && pair[1].upstream ? differ('upstream', 'upstream.reply', both(pair, upstreamReply)) : []),
  ...differ(
    'way',
    'server.resolve',
    both(pair, ({ resolveOverride }) => resolveOverride.join(', ')),
  ),
  ...(pair[0].server?.peer && pair[1].server?.peer
    ? differ(
        'server-address',
        'server.address',
        both(pair, ({ server }) => server?.peer?.address ?? ''),
      )
    : []),
];

const upstreamReply: Read = ({ upstream }) =>
  [upstream?.tlsFailure?.code, upstream?.tls?.error, upstream?.outcome, upstream?.status === null ? null : String(upstream?.status)]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');

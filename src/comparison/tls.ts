import type { Exchange } from '../model/exchange.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { type Difference, differ } from './contrast.js';
import { namesOwnTarget } from './request-fields.js';
import { both } from './way.js';

type Pair = readonly [a: Exchange, b: Exchange];
type Side = 'client' | 'server';

/** One leg's TLS. The chain of the client leg is shakedown's own work, and says nothing that the server leg does not. */
export const contrastTls = (side: Side, pair: Pair): Difference[] => [
  ...(side === 'client' ? contrastHello(pair) : []),
  ...differ(
    failed(side, pair) ? 'tls-failure' : 'not-reached',
    `${side}.tls`,
    both(pair, (exchange) => stateOf(side, exchange)),
  ),
  ...(pair.every((exchange) => exchange[side]?.tls !== undefined) ? contrastAgreed(side, pair) : []),
  ...(side === 'server' ? contrastServer(pair) : []),
];

const failed = (side: Side, pair: Pair): boolean => pair.some((exchange) => exchange[side]?.tlsFailure !== undefined);

const stateOf = (side: Side, exchange: Exchange): string => {
  const leg = exchange[side];
  if (leg?.tlsFailure) return `failed: ${leg.tlsFailure.code}${leg.tlsFailure.alert === null ? '' : `, alert ${leg.tlsFailure.alert}`}`;
  return leg?.tls ? 'done' : '';
};

const contrastHello = (pair: Pair): Difference[] => {
  if (!pair[0].client.hello || !pair[1].client.hello) return [];
  return [
    ...differ(
      'hello',
      'client.hello.versions',
      both(pair, ({ client }) => (client.hello?.versions ?? []).join(', ')),
    ),
    ...differ(
      'hello',
      'client.hello.alpn',
      both(pair, ({ client }) => (client.hello?.alpn ?? []).join(', ')),
    ),
    ...sni('client.hello.sni', pair, ({ client }) => client.hello?.sni ?? ''),
  ];
};

const sni = (where: string, pair: Pair, read: (exchange: Exchange) => string): Difference[] =>
  pair.every((exchange) => namesOwnTarget(exchange, read(exchange))) ? [] : differ('sni', where, both(pair, read));

const contrastAgreed = (side: Side, pair: Pair): Difference[] => [
  ...differ(
    'tls-version',
    `${side}.tls.version`,
    both(pair, (exchange) => exchange[side]?.tls?.version ?? ''),
  ),
  ...differ(
    'cipher',
    `${side}.tls.cipher`,
    both(pair, (exchange) => exchange[side]?.tls?.cipher ?? ''),
  ),
  ...differ(
    'alpn',
    `${side}.tls.alpn`,
    both(pair, (exchange) => exchange[side]?.tls?.alpn ?? ''),
  ),
  ...sni(`${side}.tls.sni`, pair, (exchange) => exchange[side]?.tls?.sni ?? ''),
];

const contrastServer = (pair: Pair): Difference[] => {
  const verification = differ(
    'verification',
    'server.tls.error',
    both(pair, ({ server }) => server?.tls?.error ?? ''),
  );
  const chains = [chainOf(pair[0]), chainOf(pair[1])] as const;
  return [
    ...verification,
    ...(chains[0][0] && chains[1][0] ? contrastChains(chains, verification.length === 0) : []),
    ...differ('client-certificate', 'server.client-certificate', both(pair, shownCertificate)),
  ];
};

const chainOf = ({ server }: Exchange): readonly CertificateFacts[] => server?.tls?.chain ?? server?.tlsFailure?.chain ?? [];

const shownCertificate = ({ server }: Exchange): string => {
  const shown = server?.clientCertificate;
  if (shown === undefined) return '';
  return shown === null ? 'asked for, none shown' : `shown: ${shown.subject}`;
};

type Chains = readonly [a: readonly CertificateFacts[], b: readonly CertificateFacts[]];

/** `renewed`: both chains are as good or bad as each other, so that new dates and numbers tell of a renewal at most. */
const contrastChains = ([a, b]: Chains, renewed: boolean): Difference[] => {
  const read = (take: (leaf: CertificateFacts) => string): readonly [string, string] => {
    const [one, other] = [a[0], b[0]];
    return [one ? take(one) : '', other ? take(other) : ''];
  };
  const anew = renewed ? 'certificate-renewed' : 'certificate';
  const where = 'server.certificate';
  return [
    ...differ(
      'certificate',
      `${where}.subject`,
      read(({ subject }) => subject),
    ),
    ...differ(
      'certificate',
      `${where}.issuer`,
      read(({ issuer }) => issuer),
    ),
    ...differ(
      'certificate',
      `${where}.names`,
      read(({ dnsNames, ipAddresses }) => [...dnsNames, ...ipAddresses].join(', ')),
    ),
    ...differ(
      anew,
      `${where}.validity`,
      read(({ notBefore, notAfter }) => `${notBefore} to ${notAfter}`),
    ),
    ...differ(
      'certificate',
      `${where}.key`,
      read(({ keyType, keyBits, signature }) => `${keyType} ${keyBits}, ${signature}`),
    ),
    ...differ(
      'certificate',
      `${where}.purpose`,
      read(({ extendedKeyUsage }) => extendedKeyUsage?.join(', ') ?? ''),
    ),
    ...differ('certificate', `${where}.chain`, [chainText(a), chainText(b)]),
    ...differ(
      'certificate-renewed',
      `${where}.serial`,
      read(({ serial }) => serial),
    ),
  ];
};

/** Who issued whom above the leaf. */
const chainText = (chain: readonly CertificateFacts[]): string =>
  chain
    .slice(1, 10)
    .map(({ subject }) => subject)
    .join(' < ');

import type { Exchange } from '../model/exchange.js';
import type { Http2Facts, Http2Settings } from '../model/http2-facts.js';
import type { Leg, Timings } from '../model/leg.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { helloOf, tlsFailureOf } from './tls-wording.js';
import { duration } from './wording.js';

/** A fact that both legs have, by its name. */
export type Row = readonly [label: string, client: string, server: string];

/** What two certificates say, side by side. */
export const certificateRows = (client: CertificateFacts | undefined, server: CertificateFacts | undefined): Row[] => {
  const both = (label: string, tell: (one: CertificateFacts) => string): Row => [
    label,
    client ? tell(client) : '',
    server ? tell(server) : '',
  ];
  if (!client && !server) return [];
  return [
    both('certificate', ({ subject }) => (subject === '' ? '(no subject)' : subject)),
    both('issuer', ({ issuer, selfSigned }) => (selfSigned ? 'itself (self-signed)' : issuer)),
    both('valid from', ({ notBefore }) => notBefore),
    both('valid until', ({ notAfter }) => notAfter),
    both('names', ({ dnsNames, ipAddresses }) => [...dnsNames, ...ipAddresses].join(', ') || 'none'),
    both('key', ({ keyType, keyBits, signature }) => `${keyType} ${keyBits}${signature === '' ? '' : `, ${signature}`}`),
    both('SHA-256', ({ fingerprint }) => fingerprint),
  ];
};

const trusted = (leg: Leg | null): string => {
  if (!leg?.tls) return '';
  if (leg.tls.authorized === null) return 'only the client knows';
  return leg.tls.authorized ? 'yes' : `no${leg.tls.error ? `: ${leg.tls.error}` : ''}`;
};

/** What the server got to see of who asks; '' when it did not ask. */
const clientCertificate = (leg: Leg | null): string => {
  if (leg?.clientCertificate === undefined) return '';
  return leg.clientCertificate ? `${leg.clientCertificate.subject}, shown` : 'asked for, none shown';
};

/** TLS of both legs with the leaf certificates; a row that is empty on both sides is left out. */
export const tlsRows = (client: Leg, server: Leg | null): Row[] => {
  const both = (label: string, tell: (leg: Leg) => string): Row => [label, tell(client), server ? tell(server) : ''];
  if (!client.tls && !client.tlsFailure && !client.hello && !server?.tls && !server?.tlsFailure) return [both('version', () => 'no TLS')];
  const chain = (leg: Leg | null) => leg?.tls?.chain ?? leg?.tlsFailure?.chain ?? [];
  return [
    both('version', ({ tls, tlsFailure, hello }) =>
      tls ? `${tls.version}, ${tls.cipher}` : tlsFailure ? tlsFailureOf(tlsFailure) : hello ? 'offered, not opened' : 'no TLS',
    ),
    both('ALPN', ({ tls }) => tls?.alpn ?? ''),
    both('SNI', ({ tls, tlsFailure }) => tls?.sni ?? tlsFailure?.sni ?? ''),
    ...(client.hello ? [['offered', helloOf(client.hello), ''] as const] : []),
    ['verified', trusted(client), trusted(server)],
    ['client certificate', '', clientCertificate(server)],
    ...certificateRows(chain(client)[0], chain(server)[0]),
    both('chain', (leg) =>
      chain(leg).length > 1
        ? chain(leg)
            .slice(1)
            .map(({ subject }) => subject)
            .join(' < ')
        : '',
    ),
  ].filter(([, one, other]) => one !== '' || other !== '') as Row[];
};

/** What each peer said for its whole connection: SETTINGS and GOAWAY. */
export const http2Rows = ({ client, server }: Exchange, { stream, settings }: Http2Facts): Row[] => {
  const listOf = (own: Http2Settings | null): string =>
    Object.entries(own ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const goawayOf = (leg: Leg | null): string =>
    leg?.goaway ? `${leg.goaway.code}, last stream ${leg.goaway.lastStream} ${leg.goaway.debug}` : '';
  const rows: Row[] = [
    ['stream', settings.client ? String(stream) : '', settings.server ? String(stream) : ''],
    ['SETTINGS', listOf(settings.client), listOf(settings.server)],
    ['GOAWAY', goawayOf(client), goawayOf(server)],
  ];
  return rows.filter(([, one, other]) => one !== '' || other !== '');
};

/** The phases of a leg in their order, and how they are called. */
export const phases: readonly (readonly [keyof Timings, string])[] = [
  ['dns', 'name lookup'],
  ['connect', 'TCP connect'],
  ['proxy', 'upstream proxy'],
  ['tls', 'TLS'],
  ['request', 'request read'],
  ['response', 'answer'],
  ['total', 'whole leg'],
];

export const timingRows = (client: Leg, server: Leg | null): Row[] =>
  phases
    .map(
      ([key, label]): Row => [
        label,
        key in client.timings ? duration(client.timings[key]) : '',
        server && key in server.timings ? duration(server.timings[key]) : '',
      ],
    )
    .filter(([, one, other]) => one !== '' || other !== '');

/** What became of a server's bad certificate on the way to the client. */
export const mirroredOf = ({ defects, possible }: NonNullable<Exchange['mirrored']>): string =>
  possible
    ? `The server's bad certificate (${defects.join(', ')}) was shown to the client with the same defect.`
    : `The server's bad certificate (${defects.join(', ')}) could not be mirrored.`;

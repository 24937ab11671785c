import { X509Certificate } from 'node:crypto';
import { createSecureContext, DEFAULT_CIPHERS, DEFAULT_MIN_VERSION, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Leaf } from '../authority/authority.js';
import { certificateFacts } from '../authority/certificate-facts.js';
import type { TlsBounds } from '../faults/changes.js';
import { Problem, sentenceOf } from '../model/problem.js';
import type { Trust } from '../proxy/river.js';
import { isLimited, type RiverTls, type ServerTlsMeans } from '../proxy/river-tls.js';
import type { TlsLimits, TlsOptions, TlsVersion } from '../proxy/tls-options.js';
import { hostMatches } from '../wire/host-glob.js';
import { loadClientCertificate } from './client-certificate.js';
import { type KeylogFile, openKeylogFile } from './keylog-file.js';

export interface OpenedTls {
  readonly river: RiverTls;
  /** Sentences for the user. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

interface Surroundings {
  readonly trust: Trust;
  readonly upstreamCa: boolean;
  readonly passphrase: string | undefined;
  readonly trouble: (text: string) => void;
}

const nodeVersion = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const;
const isOld = (version: TlsVersion | null): boolean => version === '1.0' || version === '1.1';

/** OpenSSL 3 signs TLS 1.0 and 1.1 handshakes with MD5 and SHA-1, which it allows at security level 0 only. */
const ciphersFor = ({ min, max, ciphers }: TlsLimits, own: string | undefined): string | undefined => {
  const list = ciphers ?? own;
  if (!isOld(min) && !isOld(max)) return list;
  return /@SECLEVEL=/i.test(list ?? '') ? list : `${list ?? DEFAULT_CIPHERS}:@SECLEVEL=0`;
};

/** What a leg's limits say to a secure context. `own` are ciphers that the certificate at hand needs. */
export const limitOptions = (limits: TlsLimits, own?: string): SecureContextOptions => {
  const { min } = limits;
  // Node leaves TLS 1.3 its own suites where none of them is named, and a limit would be none.
  const max = limits.max ?? (limits.ciphers !== null && !/\bTLS_/.test(limits.ciphers) ? '1.2' : null);
  const ciphers = ciphersFor(limits, own);
  // A most that lies below Node's own least would else leave no version at all.
  const least = min === null && isOld(max) && DEFAULT_MIN_VERSION !== 'TLSv1' ? max : min;
  return {
    ...(least === null ? {} : { minVersion: nodeVersion[least] }),
    ...(max === null ? {} : { maxVersion: nodeVersion[max] }),
    ...(ciphers === undefined ? {} : { ciphers }),
  };
};

const checkLimits = (flag: string, limits: TlsLimits): void => {
  try {
    createSecureContext(limitOptions(limits));
  } catch (error) {
    throw new Problem(
      'SHK_USAGE',
      `${flag}: OpenSSL knows no cipher suite by ciphers=${limits.ciphers}: ${sentenceOf(error)}.`,
      'List those that it knows: openssl ciphers -s -v ALL',
      { cause: error },
    );
  }
};

/** Reads the files that the options name, and makes all contexts once. Throws a Problem (SHK_USAGE). */
export const openTls = (options: TlsOptions, { trust, upstreamCa, passphrase, trouble }: Surroundings): OpenedTls => {
  checkLimits('--client-tls', options.client);
  checkLimits('--server-tls', options.server);
  const certificates = options.certificates.map((file) => loadClientCertificate(file, passphrase));
  const limited = limitOptions(options.server);
  const contextWith = (more: SecureContextOptions): SecureContext =>
    // Without `ca` all contexts share Node's own store.
    createSecureContext({ ...limited, ...(upstreamCa ? { ca: [...trust.roots] } : {}), ...more });
  const bare: ServerTlsMeans = {
    context: Object.keys(limited).length === 0 ? trust.context : contextWith({}),
    certificate: null,
  };
  const forClient = clientContexts(options.client);
  const means = certificates.map(({ host, context, facts }) => ({
    host,
    options: context,
    means: { context: contextWith(context), certificate: facts },
  }));
  // A name beats a glob, a glob beats `*`; among equals the first.
  const order = [
    ...means.filter(({ host }) => !host.includes('*')),
    ...means.filter(({ host }) => host.includes('*') && host !== '*'),
    ...means.filter(({ host }) => host === '*'),
  ];
  const keylog: KeylogFile | null = options.keylog === null ? null : openKeylogFile(options.keylog, trouble);
  return {
    notices: keylog?.notices ?? [],
    river: {
      forServer: (names, change) => {
        const found = order.find(({ host }) => names.some((name) => hostMatches(host, name)));
        if (!change || !(isBound(change) || change.show)) return change?.show === null ? bare : (found?.means ?? bare);
        const bounds = limitOptions(boundBy(options.server, change));
        const { show } = change;
        if (show) {
          const own = { cert: show.certPem, key: show.keyPem };
          return { context: contextWith({ ...bounds, ...own }), certificate: certificateFacts(new X509Certificate(show.certPem).raw) };
        }
        const shown = show === null ? undefined : found;
        return { context: contextWith({ ...shown?.options, ...bounds }), certificate: shown?.means.certificate ?? null };
      },
      forClient: (leaf, bounds) => (bounds && isBound(bounds) ? boundContext(leaf, boundBy(options.client, bounds)) : forClient(leaf)),
      keylog: keylog?.line ?? null,
    },
    close: async () => keylog?.close(),
  };
};

const isBound = ({ min, max, ciphers }: TlsBounds): boolean => min !== undefined || max !== undefined || ciphers !== undefined;

const boundBy = (limits: TlsLimits, { min, max, ciphers }: TlsBounds): TlsLimits => ({
  ...limits,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(ciphers !== undefined && { ciphers }),
});

const boundContext = (leaf: Leaf, limits: TlsLimits): SecureContext =>
  createSecureContext({ ...leaf.serverOptions, ...limitOptions(limits, leaf.serverOptions.ciphers) });

const clientContexts = (limits: TlsLimits): ((leaf: Leaf) => SecureContext) => {
  if (!isLimited({ ...limits, alpn: null })) return ({ secureContext }) => secureContext;
  const made = new WeakMap<Leaf, SecureContext>();
  return (leaf) => {
    const known = made.get(leaf);
    if (known) return known;
    const context = createSecureContext({ ...leaf.serverOptions, ...limitOptions(limits, leaf.serverOptions.ciphers) });
    made.set(leaf, context);
    return context;
  };
};

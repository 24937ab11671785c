import { createHash } from 'node:crypto';
import { createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls';
import type { CertificateTwist } from '../model/certificate-twist.js';
import type { Clock } from '../model/clock.js';
import { Problem } from '../model/problem.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { pemOf, pinOf } from './build-certificate.js';
import { createCache } from './cache.js';
import { chainFacts } from './certificate-facts.js';
import { type ClientCertificate, mintClientCertificate } from './client-certificate.js';
import { type CertificateName, certificateName } from './host-name.js';
import { createMint, type MintRequest } from './mint.js';
import type { Mirror } from './mirror.js';
import type { LeafShape, Recipe } from './recipe.js';
import { loadRecipes } from './recipes.js';
import type { Vault } from './vault.js';

/** A context takes about 20 KiB. */
const mostLeaves = 1000;
/** Recipes count their days from the minting, so a leaf is minted anew long before its week is over. */
const keptMs = 86_400_000;

/** What `tls.createServer` takes. `ciphers` is there only for certificates that OpenSSL presents at security level 0 alone (SHA-1, RSA-1024). */
export interface ServerOptions {
  readonly key: string;
  readonly cert: string;
  readonly ca: [];
  readonly ciphers?: string;
}

/** A certificate to show to a client. */
export interface Leaf {
  readonly secureContext: SecureContext;
  readonly serverOptions: ServerOptions;
  /** What is sent, leaf first. */
  readonly chain: readonly CertificateFacts[];
  /** The recipe's id, or `mirror`. */
  readonly recipe: string;
  /** An OCSP answer to staple to it (RFC 6066 section 8), DER. */
  readonly staple?: Buffer;
}

export interface Authority {
  /** `host` as it came from CONNECT, SOCKS or SNI. Rejects with a Problem when the host can have no certificate, or there is no such recipe. */
  leaf(request: { readonly host: string; readonly recipe: string; readonly twist?: CertificateTwist }): Promise<Leaf>;
  /** A leaf with the defects of a server's certificate. */
  mirrorLeaf(request: { readonly host: string; readonly mirror: Mirror }): Promise<Leaf>;
  /**
   * A client certificate (extended key usage clientAuth) under this authority with a key of its own, both as PEM: for testing servers that ask for one
   * and trust `caPem`. `name` becomes the common name, and the subjectAltName where it is a host name, an address or an e-mail address. It lives
   * 30 days, never longer than the authority; nothing of it is kept. Throws a Problem SHK_CA for a name that is empty, over 64 characters or
   * has control characters.
   */
  clientCertificate(name: string): ClientCertificate;
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly caPem: string;
  readonly caPath: string;
  /** SHA-256 of the authority's certificate, colon-separated hex. */
  readonly fingerprint: string;
  /** Base64 SHA-256 of the authority's public key. Chromium's pin flag looks only at what is sent, and a root is not: it wants `leafSpkiPin`. */
  readonly spkiPin: string;
  /** The same of the key that all sound EC leaves of this run share, for `--ignore-certificate-errors-spki-list`; bad leaves have another key. */
  readonly leafSpkiPin: string;
}

const nameOf = (host: string): CertificateName => {
  const name = certificateName(host);
  if (name) return name;
  const shown = JSON.stringify(host.slice(0, 80));
  throw new Problem(
    'SHK_CA',
    `No certificate can be made for ${shown}: it is neither a host name nor an address.`,
    'Ask for another host name.',
  );
};

const needsLevelZero = (shape: LeafShape): boolean => shape.key === 'rsa-1024' || shape.signature === 'sha1';

/** Certificates under the vault's authority, minted at first use and kept. Recipes are read at once: throws a Problem SHK_RECIPE. */
export const createAuthority = (vault: Vault, { clock }: { readonly clock: Clock }): Authority => {
  const recipes = loadRecipes();
  const mint = createMint(vault.signer);
  const cached = createCache<Leaf>({ most: mostLeaves, keptMs, clock });

  const build = async (id: string, request: MintRequest): Promise<Leaf> => {
    const { chain, key, staple } = await mint.make(request);
    const serverOptions: ServerOptions = {
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      cert: chain.map(pemOf).join(''),
      // Without it, OpenSSL completes the chain from the system's roots, and Node reads all of them.
      ca: [],
      ...(needsLevelZero(request.shape) && { ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` }),
    };
    return {
      secureContext: createSecureContext(serverOptions),
      serverOptions,
      chain: chainFacts(chain),
      recipe: id,
      ...(staple && { staple }),
    };
  };

  return {
    recipes,
    leaf: async ({ host, recipe: id, twist }) => {
      const name = nameOf(host);
      const recipe = recipes.get(id);
      if (!recipe)
        throw new Problem(
          'SHK_RECIPE',
          `There is no certificate recipe ${JSON.stringify(id)}.`,
          `Known: ${[...recipes.keys()].join(', ')}.`,
        );
      const { issuerName, validity, newKey } = twist ?? {};
      const shape = { ...recipe, ...(issuerName !== undefined && { issuerName }), ...(validity && { validity }) };
      const revoked = twist?.revoked ?? recipe.revoked;
      const request = { host: name, shape, sound: recipe.expects === null && !twist, newKey, revoked };
      if (twist) return build(id, { ...request, now: clock.now() });
      return cached(`${id} ${name.value}`, (now) => build(id, { ...request, now }));
    },
    mirrorLeaf: async ({ host, mirror: { recipe: shape, defects, revoked } }) => {
      const name = nameOf(host);
      const digest = createHash('sha256')
        .update(JSON.stringify([shape, revoked]))
        .digest('base64');
      const request = { host: name, shape, sound: defects.length === 0, revoked };
      return cached(`mirror:${digest} ${name.value}`, (now) => build('mirror', { ...request, now }));
    },
    clientCertificate: (name) =>
      mintClientCertificate(vault.signer, { name, now: clock.now(), until: Date.parse(vault.certificate.validTo) }),
    caPem: vault.certPem,
    caPath: vault.certPath,
    fingerprint: vault.certificate.fingerprint256,
    spkiPin: pinOf(vault.signer.publicKey),
    leafSpkiPin: mint.leafPin,
  };
};

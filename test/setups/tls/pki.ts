import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grounds } from '../grounds.js';

/** Files in PEM, as the openssl command writes them. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
  /** The certificate and then those of its issuers, without the root. */
  readonly fullChain: string;
  /** Certificate, issuers and key in one file, as HAProxy wants it. */
  readonly bundle: string;
}

export interface Order {
  /** `root` signs by itself, `intermediate` stands below it, `self` is nobody else. */
  readonly by?: 'root' | 'intermediate' | 'self';
  readonly subject?: string;
  /** As in `subjectAltName`; null: there is none. */
  readonly san?: string | null;
  /** Days from now. */
  readonly days?: readonly [from: number, to: number];
  readonly digest?: 'sha256' | 'sha1';
  readonly rsaBits?: number;
  readonly purpose?: string;
  /** Where the issuer's certificate can be had, as public CAs say it. */
  readonly caIssuers?: string;
}

/** A CA of somebody's own, made with the openssl command: a root, an intermediate and what they issue. */
export interface Pki {
  readonly root: string;
  issue(order?: Order): Issued;
}

const dayMs = 86_400_000;
const asn1Time = (days: number): string => `${new Date(Date.now() + days * dayMs).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;

/**
 * PEM texts by what was asked for. The openssl command stops the whole process while it works, which set-ups that are judged at the same time feel, and
 * most of them ask for the same.
 */
const made = new Map<string, { readonly cert: string; readonly key: string }>();

/** `intermediateDays`: from when to when the intermediate holds, in days from now. */
export const openPki = (
  grounds: Grounds,
  { intermediateDays = [-30, 300] }: { readonly intermediateDays?: readonly [number, number] } = {},
): Pki => {
  const folder = join(grounds.folder, 'pki');
  mkdirSync(folder);
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync(grounds.program('openssl'), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
  grounds.file('pki/index.txt', '');
  grounds.file(
    'pki/ca.cnf',
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${at('index.txt')}\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=sha256\nunique_subject=no\npolicy=any\nemail_in_dn=no\n` +
      '[any]\ncommonName=optional\norganizationName=optional\n[req]\ndistinguished_name=dn\n[dn]\n',
  );
  let count = 0;
  const sign = (
    name: string,
    extensions: string,
    { by, subject, days, digest, rsaBits }: Required<Omit<Order, 'san' | 'purpose' | 'caIssuers'>>,
  ) => {
    const [request, cert, keyFile] = [at(`${name}.csr`), at(`${name}.pem`), at(`${name}.key`)];
    const asked = JSON.stringify([extensions, by, subject, days, digest, rsaBits, intermediateDays]);
    const before = made.get(asked);
    if (before) {
      grounds.file(`pki/${name}.pem`, before.cert);
      chmodSync(grounds.file(`pki/${name}.key`, before.key), 0o600);
      return { cert, key: keyFile };
    }
    const key = rsaBits === 0 ? ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : [`rsa:${rsaBits}`];
    openssl('req', '-config', 'ca.cnf', '-newkey', ...key, '-nodes', '-keyout', keyFile, '-out', request, '-subj', subject);
    const signer = by === 'self' ? ['-selfsign', '-keyfile', keyFile] : ['-cert', at(`${by}.pem`), '-keyfile', at(`${by}.key`)];
    const extfile = grounds.file(`pki/${name}.ext`, extensions);
    const times = ['-startdate', asn1Time(days[0]), '-enddate', asn1Time(days[1])];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'ca.cnf',
      ...signer,
      '-md',
      digest,
      ...times,
      '-in',
      request,
      '-out',
      cert,
      '-extfile',
      extfile,
    );
    made.set(asked, { cert: readFileSync(cert, 'utf8'), key: readFileSync(keyFile, 'utf8') });
    return { cert, key: keyFile };
  };
  const authority = (name: 'root' | 'intermediate', by: 'root' | 'self', commonName: string): void => {
    const days = name === 'root' ? ([-900, 3000] as const) : intermediateDays;
    const extensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
    sign(name, extensions, { by, subject: `/O=Acme Works/CN=${commonName}`, days, digest: 'sha256', rsaBits: 0 });
  };
  authority('root', 'self', 'Acme Root R1');
  return {
    root: at('root.pem'),
    issue: (order = {}) => {
      const { by = 'root', subject = '/CN=localhost', san = 'DNS:localhost', days = [-1, 60], digest = 'sha256', rsaBits = 0 } = order;
      if (by === 'intermediate' && !existsSync(at('intermediate.pem'))) authority('intermediate', 'root', 'Acme TLS CA 2');
      const extensions = [
        'basicConstraints=CA:FALSE',
        `extendedKeyUsage=${order.purpose ?? 'serverAuth'}`,
        'subjectKeyIdentifier=hash',
        ...(by === 'self' ? [] : ['authorityKeyIdentifier=keyid']),
        ...(san === null ? [] : [`subjectAltName=${san}`]),
        ...(order.caIssuers === undefined ? [] : [`authorityInfoAccess=caIssuers;URI:${order.caIssuers}`]),
      ];
      const name = `leaf-${++count}`;
      const issued = sign(name, `${extensions.join('\n')}\n`, { by, subject, days, digest, rsaBits });
      const chain = [issued.cert, ...(by === 'intermediate' ? [at('intermediate.pem')] : [])]
        .map((path) => readFileSync(path, 'utf8'))
        .join('');
      return {
        ...issued,
        fullChain: grounds.file(`pki/${name}-full.pem`, chain),
        bundle: grounds.file(`pki/${name}-bundle.pem`, chain + readFileSync(issued.key, 'utf8')),
      };
    },
  };
};

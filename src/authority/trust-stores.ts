import { posix, win32 } from 'node:path';

/** What is asked of a machine to know its trust stores; passed in, so that every platform can be told on any. */
export interface StoreFacts {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  readonly exists: (path: string) => boolean;
  /** Whether a program of this name is in PATH. */
  readonly program: (name: string) => boolean;
}

/** A certificate that goes into a store or comes out of it. */
export interface StoreCertificate {
  /** Path of its PEM file. */
  readonly path: string;
  /** SHA-256 and SHA-1, hex in lower case without colons. */
  readonly sha256: string;
  readonly sha1: string;
  /** Ends in a number of its own for each authority. */
  readonly commonName: string;
}

export const storeKinds = ['system', 'nss'] as const;
export type StoreKind = (typeof storeKinds)[number];

/** A program and its arguments, run as they are, without a shell. */
export type Command = readonly [program: string, ...args: string[]];

/** How it can be told whether the certificate is there: by a file, or by a command that then ends with 0. */
export type Probe = { readonly file: string } | { readonly command: Command };

/** One kind of trust store. */
export interface TrustStore {
  readonly id: string;
  readonly kind: StoreKind;
  readonly title: string;
  /** Who reads it. */
  readonly readers: string;
  readonly needsRoot: boolean;
  readonly found: (facts: StoreFacts) => boolean;
  readonly install: (certificate: StoreCertificate, facts: StoreFacts) => readonly Command[];
  readonly uninstall: (certificate: StoreCertificate, facts: StoreFacts) => readonly Command[];
  readonly probe: (certificate: StoreCertificate, facts: StoreFacts) => Probe;
}

/** Several authorities may stand side by side, so each goes by the start of its fingerprint. */
const nameOf = ({ sha256 }: StoreCertificate): string => `shakedown-${sha256.slice(0, 8)}`;

const unix = ({ platform }: StoreFacts): boolean => platform !== 'win32' && platform !== 'darwin';

const debianFolder = '/usr/local/share/ca-certificates';
const debianFile = (certificate: StoreCertificate): string => `${debianFolder}/${nameOf(certificate)}.crt`;
const fedoraFolder = '/etc/pki/ca-trust/source/anchors';
const fedoraFile = (certificate: StoreCertificate): string => `${fedoraFolder}/${nameOf(certificate)}.pem`;
const nssFolder = ({ home }: StoreFacts): string => posix.join(home, '.pki', 'nssdb');
const keychain = ({ home }: StoreFacts): string => posix.join(home, 'Library', 'Keychains', 'login.keychain-db');
/** By its full name: a program called certutil may also be that of NSS. */
const windowsCertutil = win32.join('C:\\Windows', 'System32', 'certutil.exe');

/** The stores, in the order in which a machine is asked for them. */
export const trustStores: readonly TrustStore[] = [
  {
    id: 'macos',
    kind: 'system',
    title: 'the login keychain of macOS',
    readers: 'Safari, Chrome, curl of macOS and most programs of this user; not Firefox, Node, Python, Java',
    needsRoot: false,
    found: ({ platform }) => platform === 'darwin',
    install: ({ path }, facts) => [['security', 'add-trusted-cert', '-r', 'trustRoot', '-k', keychain(facts), path]],
    // -t takes the user's trust settings away as well.
    uninstall: ({ sha1 }, facts) => [['security', 'delete-certificate', '-t', '-Z', sha1.toUpperCase(), keychain(facts)]],
    probe: ({ commonName }, facts) => ({ command: ['security', 'find-certificate', '-c', commonName, keychain(facts)] }),
  },
  {
    id: 'windows',
    kind: 'system',
    title: "this user's Root store of Windows",
    readers: 'Edge, Chrome, .NET and most programs of this user; not Firefox, Node, Python, Java',
    needsRoot: false,
    found: ({ platform }) => platform === 'win32',
    install: ({ path }) => [[windowsCertutil, '-user', '-addstore', 'Root', path]],
    uninstall: ({ sha1 }) => [[windowsCertutil, '-user', '-delstore', 'Root', sha1]],
    probe: ({ sha1 }) => ({ command: [windowsCertutil, '-user', '-store', 'Root', sha1] }),
  },
  {
    id: 'debian',
    kind: 'system',
    title: "the system's store (Debian, Ubuntu, Alpine)",
    readers: 'curl, OpenSSL, Go, Python, Ruby, git of every user of this machine; not Chromium, Firefox, Node, Java',
    needsRoot: true,
    found: (facts) => unix(facts) && facts.exists(debianFolder) && facts.program('update-ca-certificates'),
    install: (certificate) => [['cp', certificate.path, debianFile(certificate)], ['update-ca-certificates']],
    // Without --fresh the links to the file that is gone would stay.
    uninstall: (certificate) => [
      ['rm', '-f', debianFile(certificate)],
      ['update-ca-certificates', '--fresh'],
    ],
    probe: (certificate) => ({ file: debianFile(certificate) }),
  },
  {
    id: 'fedora',
    kind: 'system',
    title: "the system's store (Fedora, RHEL and their kin)",
    readers: 'curl, OpenSSL, Go, Python, Ruby, git, Java and Firefox of every user of this machine; not Node',
    needsRoot: true,
    found: (facts) => unix(facts) && facts.exists(fedoraFolder) && facts.program('update-ca-trust'),
    install: (certificate) => [
      ['cp', certificate.path, fedoraFile(certificate)],
      ['update-ca-trust', 'extract'],
    ],
    uninstall: (certificate) => [
      ['rm', '-f', fedoraFile(certificate)],
      ['update-ca-trust', 'extract'],
    ],
    probe: (certificate) => ({ file: fedoraFile(certificate) }),
  },
  {
    id: 'p11-kit',
    kind: 'system',
    title: "the system's store (Arch, openSUSE: p11-kit)",
    readers: 'curl, OpenSSL, Go, Python, Ruby, git of every user of this machine; not Node',
    needsRoot: true,
    found: (facts) => unix(facts) && facts.program('trust'),
    install: ({ path }) => [['trust', 'anchor', '--store', path]],
    uninstall: ({ path }) => [['trust', 'anchor', '--remove', path]],
    // p11-kit lists by PKCS #11 URL and has no question for one certificate but its own bundle.
    probe: ({ path }) => ({ command: ['openssl', 'verify', '-no-CAfile', '-CApath', '/etc/ssl/certs', path] }),
  },
  {
    id: 'nss',
    kind: 'nss',
    title: "this user's NSS database",
    readers: 'Chromium and Chrome on Linux, of this user',
    needsRoot: false,
    found: (facts) => unix(facts) && facts.program('certutil'),
    install: (certificate, facts) => {
      const folder = nssFolder(facts);
      const make: readonly Command[] = [
        ['mkdir', '-p', '-m', '700', folder],
        ['certutil', '-N', '--empty-password', '-d', `sql:${folder}`],
      ];
      const add: Command = ['certutil', '-A', '-d', `sql:${folder}`, '-n', nameOf(certificate), '-t', 'C,,', '-i', certificate.path];
      return [...(facts.exists(posix.join(folder, 'cert9.db')) ? [] : make), add];
    },
    uninstall: (certificate, facts) => [['certutil', '-D', '-d', `sql:${nssFolder(facts)}`, '-n', nameOf(certificate)]],
    probe: (certificate, facts) => ({ command: ['certutil', '-L', '-d', `sql:${nssFolder(facts)}`, '-n', nameOf(certificate)] }),
  },
];

/** The store of this kind on this machine; undefined when there is none that we know. */
export const storeOf = (kind: StoreKind, facts: StoreFacts): TrustStore | undefined =>
  trustStores.find((store) => store.kind === kind && store.found(facts));

import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/authority/trust-machine.js';
import { type StoreCertificate, type StoreFacts, type StoreKind, storeOf, trustStores } from '../../src/authority/trust-stores.js';

const certificate: StoreCertificate = {
  path: '/home/me/my data/ca.pem',
  sha256: `1a2b3c4d${'0'.repeat(56)}`,
  sha1: 'ab'.repeat(20),
  commonName: 'shakedown CA 00112233',
};

const machine = (facts: {
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  readonly files?: readonly string[];
  readonly programs?: readonly string[];
}): StoreFacts => ({
  platform: facts.platform ?? 'linux',
  home: facts.home ?? '/home/me',
  exists: (path) => facts.files?.includes(path) === true,
  program: (name) => facts.programs?.includes(name) === true,
});

const debian = machine({ files: ['/usr/local/share/ca-certificates'], programs: ['update-ca-certificates', 'trust', 'certutil'] });
const fedora = machine({ files: ['/etc/pki/ca-trust/source/anchors'], programs: ['update-ca-trust', 'trust'] });
const arch = machine({ files: ['/etc/ca-certificates/trust-source/anchors'], programs: ['update-ca-trust', 'trust'] });
const suse = machine({ files: ['/etc/pki/trust/anchors'], programs: ['update-ca-certificates', 'trust'] });
const mac = machine({ platform: 'darwin', home: '/Users/me', programs: ['certutil', 'trust'] });
const windows = machine({ platform: 'win32', home: 'C:\\Users\\me', programs: ['certutil'] });
const withNss = machine({ files: ['/home/me/.pki/nssdb/cert9.db'], programs: ['certutil'] });

const plan = (kind: StoreKind, facts: StoreFacts) => {
  const store = storeOf(kind, facts);
  return {
    id: store?.id,
    root: store?.needsRoot,
    install: store?.install(certificate, facts).map(commandLine),
    uninstall: store?.uninstall(certificate, facts).map(commandLine),
  };
};

describe('the trust store of', () => {
  it('Debian is a folder of files, and an update', () => {
    expect(plan('system', debian)).toEqual({
      id: 'debian',
      root: true,
      install: ["cp '/home/me/my data/ca.pem' /usr/local/share/ca-certificates/shakedown-1a2b3c4d.crt", 'update-ca-certificates'],
      uninstall: ['rm -f /usr/local/share/ca-certificates/shakedown-1a2b3c4d.crt', 'update-ca-certificates --fresh'],
    });
  });

  it('Fedora is another folder, and another update', () => {
    expect(plan('system', fedora)).toEqual({
      id: 'fedora',
      root: true,
      install: ["cp '/home/me/my data/ca.pem' /etc/pki/ca-trust/source/anchors/shakedown-1a2b3c4d.pem", 'update-ca-trust extract'],
      uninstall: ['rm -f /etc/pki/ca-trust/source/anchors/shakedown-1a2b3c4d.pem', 'update-ca-trust extract'],
    });
  });

  it.each([
    ['Arch', arch],
    ['openSUSE', suse],
  ])('%s is that of p11-kit, although it has a program named as another system has', (_, facts) => {
    expect(plan('system', facts)).toEqual({
      id: 'p11-kit',
      root: true,
      install: ["trust anchor --store '/home/me/my data/ca.pem'"],
      uninstall: ["trust anchor --remove '/home/me/my data/ca.pem'"],
    });
  });

  it('macOS is the login keychain of the user', () => {
    expect(plan('system', mac)).toEqual({
      id: 'macos',
      root: false,
      install: ["security add-trusted-cert -r trustRoot -k /Users/me/Library/Keychains/login.keychain-db '/home/me/my data/ca.pem'"],
      uninstall: [`security delete-certificate -t -Z ${'AB'.repeat(20)} /Users/me/Library/Keychains/login.keychain-db`],
    });
  });

  it('Windows is that of the user, by its own certutil', () => {
    const store = storeOf('system', windows);
    expect(store?.needsRoot).toBe(false);
    expect(store?.install(certificate, windows)).toEqual([
      ['C:\\Windows\\System32\\certutil.exe', '-user', '-addstore', 'Root', certificate.path],
    ]);
    expect(store?.uninstall(certificate, windows)).toEqual([
      ['C:\\Windows\\System32\\certutil.exe', '-user', '-delstore', 'Root', certificate.sha1],
    ]);
  });

  it('NSS is made when there is none, and only added to when there is one', () => {
    const add = "certutil -A -d sql:/home/me/.pki/nssdb -n shakedown-1a2b3c4d -t 'C,,' -i '/home/me/my data/ca.pem'";
    expect(plan('nss', debian)).toEqual({
      id: 'nss',
      root: false,
      install: ['mkdir -p -m 700 /home/me/.pki/nssdb', 'certutil -N --empty-password -d sql:/home/me/.pki/nssdb', add],
      uninstall: ['certutil -D -d sql:/home/me/.pki/nssdb -n shakedown-1a2b3c4d'],
    });
    expect(plan('nss', withNss).install).toEqual([add]);
  });

  it('a system that is not known is none', () => {
    expect(storeOf('system', machine({}))).toBeUndefined();
    expect(storeOf('nss', machine({}))).toBeUndefined();
  });

  it('NSS is not looked for where certutil is another program', () => {
    expect(storeOf('nss', windows)).toBeUndefined();
    expect(storeOf('nss', mac)).toBeUndefined();
  });
});

describe('every trust store', () => {
  it('is told apart from the others by a question that does not change it', () => {
    for (const store of trustStores) {
      const probe = store.probe(certificate, debian);
      const text = 'file' in probe ? '' : commandLine(probe.command);
      expect(text, store.id).not.toMatch(/-A |add|delete|-D |remove|anchor/);
    }
  });

  it('never asks for root by itself', () => {
    for (const store of trustStores) {
      const commands = [...store.install(certificate, debian), ...store.uninstall(certificate, debian)];
      expect(
        commands.map(([program]) => program),
        store.id,
      ).not.toContain('sudo');
    }
  });
});

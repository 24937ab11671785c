import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { passphraseVariable } from '../control/client-certificate.js';
import { parseTlsLimits } from '../control/tls-limits.js';
import { Problem } from '../model/problem.js';
import { type ClientCertificateFile, noLimits, type TlsLimits, type TlsOptions } from '../proxy/tls-options.js';

type Repeatable = string | readonly string[] | undefined;

export interface TlsFlags {
  readonly clientCert?: Repeatable;
  readonly clientKey?: Repeatable;
  readonly clientTls?: Repeatable;
  readonly serverTls?: Repeatable;
  readonly keylog?: Repeatable;
  readonly passthrough?: Repeatable;
}

const limitKeys = 'min=, max= (1.0 to 1.3), ciphers=, alpn= (lists joined by +)';

/** The flags about TLS on either leg. */
export const tlsFlags = <T>(args: Argv<T>) =>
  args
    .option('client-cert', {
      type: 'string',
      requiresArg: true,
      describe: `client certificate for servers that ask for one: FILE or HOST=FILE, PEM or .p12; repeatable; passphrase in ${passphraseVariable}`,
    })
    .option('client-key', { type: 'string', requiresArg: true, describe: 'its key: FILE or HOST=FILE, PEM; repeatable' })
    .option('client-tls', { type: 'string', requiresArg: true, describe: `limits of the TLS with the client: ${limitKeys}` })
    .option('server-tls', { type: 'string', requiresArg: true, describe: `limits of the TLS with the server: ${limitKeys}` })
    .option('keylog', {
      type: 'string',
      requiresArg: true,
      describe: 'file for the TLS secrets of both legs (NSS key log, as Wireshark reads it); whoever has it can decrypt the traffic',
    })
    .option('passthrough', {
      type: 'string',
      requiresArg: true,
      describe: 'host whose TLS is left closed, by name, address or *.example.test; repeatable',
    });

const many = (value: Repeatable): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

const once = (flag: string, value: Repeatable): string | undefined => {
  const all = many(value);
  if (all.length > 1) throw new Problem('SHK_USAGE', `--${flag} was given ${all.length} times.`, 'Give it once.');
  return all[0];
};

/** `HOST=FILE` or `FILE`; a path with an equals sign is written with a slash before it. */
const splitHost = (text: string): readonly [host: string, path: string] => {
  const match = /^([^/\\=]+)=(.+)$/s.exec(text);
  return [match?.[1] ?? '*', resolve(match?.[2] ?? text)];
};

const byHost = (flag: string, value: Repeatable): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const text of many(value)) {
    const [host, path] = splitHost(text);
    if (!found.has(host)) found.set(host, path);
    else {
      const whose = host === '*' ? 'every host' : host;
      throw new Problem('SHK_USAGE', `--${flag} was given twice for ${whose}.`, `Give it once a host: --${flag} HOST=FILE`);
    }
  }
  return found;
};

const certificatesOf = (flags: TlsFlags): readonly ClientCertificateFile[] => {
  const certificates = byHost('client-cert', flags.clientCert);
  const keys = byHost('client-key', flags.clientKey);
  for (const [host, path] of keys) {
    if (certificates.has(host)) continue;
    const prefix = host === '*' ? '' : `${host}=`;
    throw new Problem('SHK_USAGE', `--client-key ${prefix}${path} has no certificate.`, `Name it: --client-cert ${prefix}FILE`);
  }
  return [...certificates].map(([host, cert]) => ({ host, cert, key: keys.get(host) ?? null }));
};

const limitsOf = (flag: string, value: Repeatable): TlsLimits => {
  const text = once(flag, value);
  return text === undefined ? noLimits : parseTlsLimits(`--${flag}`, text);
};

/** Flags as the engine's options about TLS. Throws a Problem (SHK_USAGE) that names the flag. */
export const tlsOptions = (flags: TlsFlags): TlsOptions => {
  const keylog = once('keylog', flags.keylog);
  return {
    client: limitsOf('client-tls', flags.clientTls),
    server: limitsOf('server-tls', flags.serverTls),
    certificates: certificatesOf(flags),
    keylog: keylog === undefined ? null : resolve(keylog),
    passthrough: many(flags.passthrough),
  };
};

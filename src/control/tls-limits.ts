import { Problem } from '../model/problem.js';
import { noLimits, type TlsLimits, type TlsVersion, tlsVersions } from '../proxy/tls-options.js';

const keys = ['min', 'max', 'ciphers', 'alpn'] as const;
const protocols = ['h2', 'http/1.1'];

const usage = (message: string, advice: string): Problem => new Problem('SHK_USAGE', message, advice);

const versionOf = (flag: string, key: string, value: string): TlsVersion => {
  const found = tlsVersions.find((version) => version === value);
  if (found === undefined) throw usage(`${flag}: ${key}=${value} is no TLS version.`, `${key} is one of ${tlsVersions.join(', ')}.`);
  return found;
};

const alpnOf = (flag: string, value: string): readonly string[] => {
  const list = value.split('+');
  const wrong = list.find((protocol) => !protocols.includes(protocol));
  if (wrong === undefined) return list;
  throw usage(
    `${flag}: alpn=${value} names the protocol ${JSON.stringify(wrong)}.`,
    `alpn is a list joined by '+', of ${protocols.join(' and ')}.`,
  );
};

/** `min=1.2,max=1.2,ciphers=...,alpn=http/1.1` as limits. Throws a Problem (SHK_USAGE) that names the key and what it may be. */
export const parseTlsLimits = (flag: string, text: string): TlsLimits => {
  const limits: { -readonly [K in keyof TlsLimits]: TlsLimits[K] } = { ...noLimits };
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/.exec(part) ?? [];
    if (!keys.some((known) => known === key)) {
      throw usage(`${flag}: there is no key ${JSON.stringify(key)}.`, `The keys are ${keys.join(', ')}: ${flag} min=1.2,max=1.3`);
    }
    if (value === '') throw usage(`${flag}: the key ${key} has no value.`, `Example: ${flag} ${key}=${examples[key as keyof TlsLimits]}`);
    if (seen.has(key)) throw usage(`${flag}: the key ${key} stands there twice.`, 'Give it once.');
    seen.add(key);
    if (key === 'min' || key === 'max') limits[key] = versionOf(flag, key, value);
    // With a ':' in it, '+' keeps the meaning that it has in OpenSSL.
    else if (key === 'ciphers') limits.ciphers = value.includes(':') ? value : value.replaceAll('+', ':');
    else limits.alpn = alpnOf(flag, value);
  }
  const { min, max, ciphers } = limits;
  if (min !== null && max !== null && min > max) throw usage(`${flag}: min=${min} is above max=${max}.`, 'Turn them round.');
  const names = ciphers?.split(/[:+]/) ?? [];
  if (names.length > 0 && min === '1.3' && !names.some((name) => name.startsWith('TLS_')))
    throw usage(`${flag}: ciphers=${ciphers} names no suite of TLS 1.3, and min=1.3 allows no other version.`, 'Those begin with TLS_.');
  return limits;
};

const examples: Readonly<Record<keyof TlsLimits, string>> = {
  min: '1.2',
  max: '1.2',
  ciphers: 'ECDHE-RSA-AES128-GCM-SHA256',
  alpn: 'http/1.1',
};

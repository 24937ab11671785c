import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Problem, sentenceOf } from '../model/problem.js';
import type { Trust } from '../proxy/river.js';

/**
 * What the server leg trusts: Node's roots with NODE_EXTRA_CA_CERTS, and the user's own file beside them. Throws a Problem (SHK_CA) when
 * that file holds no certificate.
 */
export const serverTrust = (upstreamCa: string | null, extraCaFile: string | undefined): Trust => {
  const [extra, own] = [extraCaFile || null, upstreamCa || null].map((path) => (path === null ? [] : certificatesOf(path)));
  const key = JSON.stringify([extra, own]);
  const trust = known.get(key) ?? makeTrust([...(extra ?? []), ...(own ?? [])], upstreamCa !== null);
  return remember(known, key, trust);
};

const makeTrust = (more: readonly string[], named: boolean): Trust => {
  // A system's bundle has most of Node's roots once more, in lines of another length.
  const roots = [...new Map([...more, ...rootCertificates].map((pem) => [pem.replace(/\s/g, ''), pem])).values()];
  // Without `ca` all contexts share Node's own store; with it each would parse its 150 roots, so there is one context for all.
  return { roots, context: named ? createSecureContext({ ca: roots }) : createSecureContext({}) };
};

/**
 * Files are read each time and parsed once: doctor starts an engine for each way that it tries, and NODE_EXTRA_CA_CERTS is often the 140 certificates
 * of the whole system, 40 ms of work.
 */
const known = new Map<string, Trust>();
const sound = new Map<string, readonly string[]>();
const mostKnown = 8;

const remember = <T>(memory: Map<string, T>, key: string, value: T): T => {
  memory.delete(key);
  memory.set(key, value);
  for (const oldest of memory.keys()) {
    if (memory.size <= mostKnown) break;
    memory.delete(oldest);
  }
  return value;
};

const splitPem = (text: string): string[] => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const certificatesOf = (path: string): readonly string[] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem('SHK_CA', `The CA file ${path} cannot be read: ${sentenceOf(error)}.`, 'Give the path of a PEM file.', {
      cause: error,
    });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Problem(
      'SHK_CA',
      `The CA file ${path} holds no certificate in PEM form.`,
      'Convert it: openssl x509 -inform der -in FILE -out FILE.pem',
    );
  }
  const before = sound.get(text);
  if (before) return remember(sound, text, before);
  const certificates = splitPem(text);
  try {
    // A secure context would pass over a certificate that it cannot read, without a word.
    for (const pem of certificates) new X509Certificate(pem);
  } catch (error) {
    throw new Problem(
      'SHK_CA',
      `The CA file ${path} cannot be used: ${sentenceOf(error)}.`,
      'Check it: openssl x509 -in FILE -noout -text',
      { cause: error },
    );
  }
  return remember(sound, text, certificates);
};

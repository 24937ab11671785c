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
  const roots = [...rootCertificates, ...[extraCaFile, upstreamCa].flatMap((path) => (path ? splitPem(readPem(path)) : []))];
  // Without `ca` all contexts share Node's own store; with it each would parse its 150 roots, so there is one context for all.
  return { roots, context: upstreamCa === null ? createSecureContext({}) : createSecureContext({ ca: roots }) };
};

const splitPem = (text: string): string[] => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const readPem = (path: string): string => {
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
  try {
    // A secure context would pass over a certificate that it cannot read, without a word.
    for (const pem of splitPem(text)) new X509Certificate(pem);
  } catch (error) {
    throw new Problem(
      'SHK_CA',
      `The CA file ${path} cannot be used: ${sentenceOf(error)}.`,
      'Check it: openssl x509 -in FILE -noout -text',
      { cause: error },
    );
  }
  return text;
};

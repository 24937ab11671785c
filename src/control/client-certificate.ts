import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import { certificateFacts } from '../authority/certificate-facts.js';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import type { ClientCertificateFile } from '../proxy/tls-options.js';

export const passphraseVariable = 'SHAKEDOWN_CLIENT_KEY_PASSPHRASE';

/** A client certificate that is ready to be shown. */
export interface ClientCertificate {
  readonly host: string;
  /** What a secure context takes. */
  readonly context: Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;
  readonly facts: CertificateFacts;
}

const problem = (message: string, advice: string, cause?: unknown): Problem => new Problem('SHK_USAGE', message, advice, { cause });

const read = (path: string, flag: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw problem(`--${flag}: the file ${path} cannot be read: ${sentenceOf(error)}.`, 'Give the path of a file that you may read.', error);
  }
};

const certificateIn = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END/;
const keyIn = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/**
 * Reads a client certificate with its key, and makes sure that the two belong together. `passphrase` opens an encrypted key or PKCS #12
 * file. Throws a Problem (SHK_USAGE) that names the file.
 */
export const loadClientCertificate = (file: ClientCertificateFile, passphrase: string | undefined): ClientCertificate => {
  const bytes = read(file.cert, 'client-cert');
  const text = bytes.toString('latin1');
  const context =
    /\.(p12|pfx)$/i.test(file.cert) || bytes[0] === 0x30 ? fromPkcs12(file, bytes, passphrase) : fromPem(file, text, passphrase);
  return { host: file.host, context, facts: factsOf(file.cert, context) };
};

const fromPkcs12 = (file: ClientCertificateFile, pfx: Buffer, passphrase: string | undefined): ClientCertificate['context'] => {
  if (file.key !== null) {
    throw problem(
      `--client-key ${file.key} is one too many: the PKCS #12 file ${file.cert} holds the key.`,
      'Leave --client-key out, or give --client-cert a PEM file.',
    );
  }
  const context = { pfx, ...(passphrase === undefined ? {} : { passphrase }) };
  try {
    createSecureContext(context);
    return context;
  } catch (error) {
    const said = sentenceOf(error);
    if (/mac verify failure/i.test(said)) {
      const why = passphrase === undefined ? 'is encrypted' : `does not open with the passphrase in ${passphraseVariable}`;
      throw problem(`--client-cert: the PKCS #12 file ${file.cert} ${why}.`, `Set ${passphraseVariable} to its passphrase.`, error);
    }
    if (/unsupported PKCS12/i.test(said)) {
      throw problem(
        `--client-cert: the PKCS #12 file ${file.cert} is encrypted with an algorithm that OpenSSL 3 no longer reads (RC2 or the like).`,
        `Convert it: openssl pkcs12 -legacy -in ${file.cert} -nodes -out client.pem`,
        error,
      );
    }
    throw problem(
      `--client-cert: ${file.cert} cannot be read as a PKCS #12 file: ${said}.`,
      `Check it: openssl pkcs12 -in ${file.cert} -info -noout`,
      error,
    );
  }
};

const fromPem = (file: ClientCertificateFile, cert: string, passphrase: string | undefined): ClientCertificate['context'] => {
  if (!certificateIn.test(cert)) {
    throw problem(
      `--client-cert: ${file.cert} holds no certificate in PEM form.`,
      'Give a PEM file, or a PKCS #12 file whose name ends in .p12 or .pfx. From DER: openssl x509 -inform der -in FILE -out FILE.pem',
    );
  }
  const leaf = attempt(
    () => new X509Certificate(cert),
    (error) =>
      problem(
        `--client-cert: the certificate in ${file.cert} cannot be used: ${sentenceOf(error)}.`,
        `Check it: openssl x509 -in ${file.cert} -noout -text`,
        error,
      ),
  );
  const keyPath = file.key ?? file.cert;
  if (file.key === null && !keyIn.test(cert)) {
    throw problem(
      `--client-cert: ${file.cert} holds a certificate and no key.`,
      `Name its key: --client-key ${file.host === '*' ? '' : `${file.host}=`}KEY.pem`,
    );
  }
  const key = file.key === null ? cert : read(file.key, 'client-key').toString('latin1');
  if (!keyIn.test(key)) {
    throw problem(
      `--client-key: ${keyPath} holds no private key in PEM form.`,
      'From DER: openssl pkey -inform der -in FILE -out FILE.pem',
    );
  }
  const opened = openKey(key, { path: keyPath, passphrase });
  if (!leaf.checkPrivateKey(opened)) {
    throw problem(
      `--client-key: the key in ${keyPath} does not belong to the certificate in ${file.cert} (subject ${leaf.subject.replaceAll('\n', ', ')}).`,
      'The certificate must be the first one of its file, its issuers behind it. Find the pair: both have the same public key.',
    );
  }
  return { cert, key: opened.export({ type: 'pkcs8', format: 'pem' }).toString() };
};

const openKey = (key: string, { path, passphrase }: { readonly path: string; readonly passphrase: string | undefined }): KeyObject =>
  attempt(
    () => createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) }),
    (error) => {
      const encrypted = /ENCRYPTED/.test(key);
      if (encrypted && passphrase === undefined)
        return problem(`--client-key: the key in ${path} is encrypted.`, `Set ${passphraseVariable} to its passphrase.`, error);
      if (encrypted && /bad decrypt|BAD_DECRYPT/i.test(`${codeOf(error)} ${sentenceOf(error)}`)) {
        return problem(
          `--client-key: the key in ${path} does not open with the passphrase in ${passphraseVariable}.`,
          `Set ${passphraseVariable} to the right one.`,
          error,
        );
      }
      return problem(
        `--client-key: the key in ${path} cannot be read: ${sentenceOf(error)}.`,
        `Check it: openssl pkey -in ${path} -noout`,
        error,
      );
    },
  );

const attempt = <T>(work: () => T, otherwise: (error: unknown) => Problem): T => {
  try {
    return work();
  } catch (error) {
    throw otherwise(error);
  }
};

/** Reads the certificate where OpenSSL put it, for Node has no other reader of PKCS #12. */
const factsOf = (path: string, context: ClientCertificate['context']): CertificateFacts => {
  const refuse = (why: string, error?: unknown): Problem =>
    problem(`--client-cert: ${path} cannot be used: ${why}.`, `Check it: openssl x509 -in ${path} -noout -text`, error);
  return attempt(
    () => {
      const socket = new TLSSocket(new PassThrough() as never, { secureContext: createSecureContext(context) });
      const certificate = socket.getX509Certificate();
      socket.destroy();
      const facts = certificate && certificateFacts(certificate.raw);
      if (!facts) throw refuse('it holds no certificate for its key');
      return facts;
    },
    (error) => (error instanceof Problem ? error : refuse(sentenceOf(error), error)),
  );
};

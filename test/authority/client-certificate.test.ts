import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '../../src/authority/authority.js';
import { host, newAuthority, temporaryFolder } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
let stranger: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(`${folder.path}/ca`);
  stranger = await newAuthority(`${folder.path}/stranger`);
});
afterAll(() => folder.remove());

/** What a server that asks for a certificate of `authority` makes of a client: who it is, or how it is refused. */
const meet = async (client: { readonly cert?: string; readonly key?: string }): Promise<string> => {
  const { serverOptions } = await authority.leaf({ host, recipe: 'good' });
  const server = tls.createServer({ ...serverOptions, ca: authority.caPem, requestCert: true, rejectUnauthorized: false });
  const met = new Promise<string>((resolve) => {
    server.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      resolve(socket.authorized ? String(socket.getPeerCertificate().subject.CN) : `refused: ${String(socket.authorizationError)}`);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = tls.connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    servername: host,
    ca: authority.caPem,
    ...client,
  });
  socket.on('error', () => {});
  try {
    return await met;
  } finally {
    socket.destroy();
    server.close();
  }
};

describe('a client certificate', () => {
  it('is taken by a server that trusts the authority, and names its bearer', async () => {
    const { certPem, keyPem } = authority.clientCertificate('alice');
    expect(await meet({ cert: certPem, key: keyPem })).toBe('alice');
  });

  it('of another authority is refused by the same server, and so is none', async () => {
    const { certPem, keyPem } = stranger.clientCertificate('mallory');
    expect(await meet({ cert: certPem, key: keyPem })).toMatch(/^refused: (UNABLE_TO_VERIFY|SELF_SIGNED)/);
    expect(await meet({})).toMatch(/^refused: /);
  });

  it('is for clients alone: no server could be impersonated with it', () => {
    const certificate = new X509Certificate(authority.clientCertificate('worker.example.test').certPem);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(new X509Certificate(authority.caPem))).toBe(true);
  });

  it.each([
    ['worker.example.test', 'DNS:worker.example.test'],
    ['127.0.0.1', 'IP Address:127.0.0.1'],
    ['alice@example.test', 'email:alice@example.test'],
    ['Alice of Example', undefined],
  ])('for %s has the alternative name %s', (name, alternative) => {
    const certificate = new X509Certificate(authority.clientCertificate(name).certPem);
    expect(certificate.subject).toContain(`CN=${name}`);
    expect(certificate.subjectAltName).toBe(alternative);
  });

  it('has a key of its own each time, and ends before its authority does', () => {
    const [one, other] = [authority.clientCertificate('a'), authority.clientCertificate('a')];
    expect(one.keyPem).not.toBe(other.keyPem);
    expect(one.notAfter).toBeLessThanOrEqual(Date.parse(new X509Certificate(authority.caPem).validTo));
    expect(Date.parse(new X509Certificate(one.certPem).validTo)).toBe(Math.floor(one.notAfter / 1000) * 1000);
  });

  it.each(['', '   ', 'x'.repeat(65), 'a\nb'])('cannot be made for %j', (name) => {
    expect(() => authority.clientCertificate(name)).toThrow(/No client certificate can be made for/);
  });
});

import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';

export const setup: Setup = {
  id: 'tls-node-h2-only',
  title: 'node:http2 without allowHTTP1: ALPN has no http/1.1',
  needs: ['openssl'],
  cause: 'certificate',
  codes: ['tls.alpn-h2-only'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue();
    const server = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    grounds.atEnd(() => server.close());
    return { url: `wss://localhost:${(server.address() as AddressInfo).port}/chat`, ca: pki.root };
  },
};

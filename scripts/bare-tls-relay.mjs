#!/usr/bin/env node
// The least that a man in the middle can do: CONNECT, TLS to the client with one fixed certificate (`--certificate FILE`, `--key FILE`),
// TLS to the server, pipe both ways. It records nothing and checks no certificate: for loopback and benchmarks only.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSecureContext, TLSSocket, connect as tlsConnect } from 'node:tls';
import { parseArgs } from 'node:util';
import { listen, pair, readConnect } from './bench/connect-head.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, certificate: { type: 'string' }, key: { type: 'string' } } });
const secureContext = createSecureContext({ cert: readFileSync(values.certificate ?? ''), key: readFileSync(values.key ?? '') });

const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  readConnect(socket, ({ host, port, rest }) => {
    if (rest.length > 0) socket.unshift(rest);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const client = new TLSSocket(socket, { isServer: true, secureContext });
    const upstream = tlsConnect({ host, port, rejectUnauthorized: false });
    upstream.once('secureConnect', () => upstream.setNoDelay(true));
    pair(client, upstream);
  });
});

listen(server);

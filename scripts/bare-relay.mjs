#!/usr/bin/env node
// The least that a proxy can do, as the yardstick of `npm run bench`: read a CONNECT head, dial, answer 200, pipe both ways.
import { connect, createServer } from 'node:net';
import { answer502, listen, pair, readConnect } from './bench/connect-head.mjs';

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  readConnect(client, ({ host, port, rest }) => {
    const upstream = connect({ host, port, allowHalfOpen: true, noDelay: true });
    upstream.once('error', () => answer502(client));
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (rest.length > 0) upstream.write(rest);
      pair(client, upstream);
    });
  });
});

listen(server);

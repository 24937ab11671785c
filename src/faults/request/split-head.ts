import { defineFault } from '../fault.js';
import { sliceOf, sliceParams } from '../slice-params.js';

export const fault = defineFault({
  id: 'split-head',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The head of the request arrives in pieces',
  about:
    'Sends the request head in pieces of a few bytes, each in a segment (and a TLS record) of its own, some milliseconds apart. TCP knows no messages, so a server has to wait for the blank line. One that minds has a bug, or protects itself against slow clients.',
  imitates:
    'A slow mobile uplink, a small MTU, a client that writes its head line by line, a filter that splits the ClientHello and the head to get past another filter.',
  params: sliceParams,
  example: 'split-head:bytes=1,ms=1',
  expects: [],
  effects: [
    { client: 'every client', sees: 'A later answer; a 408 or an end where the server has a limit for the head (nginx 60 s, Node 60 s).' },
  ],
  apply: ({ raw }, params) => ({ raw, slice: sliceOf(params) }),
});

import { defineFault } from '../fault.js';
import { sliceOf, sliceParams } from '../slice-params.js';

export const fault = defineFault({
  id: 'split-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The head of the answer arrives in pieces',
  about:
    'Sends the head of the answer in pieces of a few bytes, each in a segment (and a TLS record) of its own, some milliseconds apart. TCP knows no messages, so a client has to wait for the blank line; one that minds has a bug in its parser.',
  imitates: 'A server that writes its head line by line, a small MTU, a lossy mobile link.',
  params: sliceParams,
  example: 'split-answer:bytes=1,ms=1',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open, a little later.' }],
  apply: ({ raw }, params) => ({ raw, slice: sliceOf(params) }),
});

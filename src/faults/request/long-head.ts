import { defineFault } from '../fault.js';
import { longHead, longParams } from '../long-head.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'long-head',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The head of the request is very long',
  about:
    'Adds padding to the request head: one field of many bytes, or many fields. Servers and proxies have limits (Node 16 KiB, nginx 8 KiB a line, Apache 8 KiB a line and 100 fields) and answer 431, 400 or 494, or end the connection.',
  imitates: 'Cookies that have grown over the years, a token in a field, tracing and proxy fields that pile up hop by hop.',
  params: longParams({ bytes: 20_000, name: 'X-Padding' }),
  example: 'long-head:bytes=20000',
  expects: ['intermediary.header-too-large'],
  effects: refusedEffects,
  rows: ['hop.header-limit'],
  apply: ({ raw }, params) => ({ raw: longHead(raw, params) }),
});

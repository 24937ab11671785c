import type { Stage } from '../model/fault-choice.js';

/** From which stage on a field of the filter language is known, for every entrance; null: not before the exchange is over. */
export const knownFrom = (field: string): Stage | null => {
  if (/^request\./.test(field)) return 'request';
  if (/^response\./.test(field)) return 'bytes';
  return fields[field] ?? null;
};

const fields: Readonly<Record<string, Stage>> = {
  id: 'accept',
  connection: 'accept',
  'leg.client.peer': 'accept',
  entrance: 'dial',
  host: 'dial',
  port: 'dial',
  upstream: 'server-tls',
  'leg.server.peer': 'server-tls',
  'leg.server.dns.ms': 'server-tls',
  'leg.server.connect.ms': 'server-tls',
  'leg.server.proxy.ms': 'server-tls',
  'leg.server.tls.version': 'client-tls',
  'leg.server.tls.cipher': 'client-tls',
  'leg.server.tls.alpn': 'client-tls',
  'leg.server.tls.error': 'client-tls',
  'leg.server.tls.sni': 'client-tls',
  'leg.server.tls.ms': 'client-tls',
  'leg.client.tls.version': 'http2',
  'leg.client.tls.cipher': 'http2',
  'leg.client.tls.alpn': 'http2',
  'leg.client.tls.error': 'http2',
  'leg.client.tls.sni': 'http2',
  'leg.client.tls.ms': 'http2',
  stream: 'request',
  kind: 'request',
  scheme: 'request',
  url: 'request',
  path: 'request',
  method: 'request',
  fault: 'request',
  'leg.client.request.ms': 'request',
  status: 'bytes',
  'client.status': 'message',
  outcome: 'message',
};

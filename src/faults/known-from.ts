import type { Exchange } from '../model/exchange.js';
import type { Stage } from '../model/fault-choice.js';

const order: readonly Stage[] = [
  ...(['accept', 'entrance', 'dial', 'server-tls', 'client-tls', 'http2'] as const),
  ...(['request', 'response', 'bytes', 'message', 'frame', 'close'] as const),
];

/** In which order what an exchange is becomes known; `http2` and `bytes` may come with the first request. */
export const stageOrder = (stage: Stage): number => order.indexOf(stage);

/** From which stage on a field of the filter language is known, for every entrance; null: not before the exchange is over. */
export const knownFrom = (field: string): Stage | null => {
  if (/^request\./.test(field)) return 'request';
  if (/^response\./.test(field)) return 'response';
  return fields[field] ?? null;
};

const fields: Readonly<Record<string, Stage>> = {
  id: 'accept',
  connection: 'accept',
  'leg.client.peer': 'accept',
  entrance: 'entrance',
  host: 'entrance',
  port: 'entrance',
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
  'leg.client.request.ms': 'request',
  status: 'response',
  'client.status': 'bytes',
  'leg.client.response.ms': 'bytes',
  'leg.server.response.ms': 'bytes',
};

/**
 * Whether that field can be told of this exchange yet. TLS to our own port is opened before the client has said where it wants to go: there
 * stage client-tls is reached a first time, and a match that asks for the server waits for the second.
 */
export const isSettled = (field: string, { target, entrance, server }: Exchange): boolean => {
  if (field === 'host' || field === 'port') return target !== null;
  if (field === 'entrance') return entrance !== null;
  return !field.startsWith('leg.server.') || server !== null;
};

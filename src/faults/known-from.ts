import type { Exchange } from '../model/exchange.js';
import type { Stage } from '../model/fault-choice.js';

const order: readonly Stage[] = [
  ...(['accept', 'entrance', 'dial', 'server-tls', 'client-tls', 'http2'] as const),
  ...(['request', 'response', 'http-response', 'bytes', 'message', 'frame', 'close'] as const),
];

/** In which order what an exchange is becomes known; `http2` and `bytes` may come with the first request. */
export const stageOrder = (stage: Stage): number => order.indexOf(stage);

/** From which stage on a field of the filter language is known, for every entrance; null: not before the exchange is over. */
export const knownFrom = (field: string): Stage | null => {
  if (/^request\./.test(field)) return 'http2';
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
  stream: 'http2',
  kind: 'http2',
  scheme: 'http2',
  url: 'http2',
  path: 'http2',
  method: 'http2',
  'leg.client.request.ms': 'http2',
  status: 'response',
  'client.status': 'bytes',
  'leg.client.response.ms': 'bytes',
  'leg.server.response.ms': 'bytes',
};

/**
 * Whether that field can be told of this exchange yet. Two stages are reached more than once, and a match waits for the time when it can decide:
 * client-tls before TLS to our own port, when the client has not said where it wants to go, and http2 at the SETTINGS, before the first stream.
 */
export const isSettled = (field: string, { target, entrance, server, kind }: Exchange): boolean => {
  if (field === 'host' || field === 'port') return target !== null;
  if (field === 'entrance') return entrance !== null;
  if (field === 'upstream' || field.startsWith('leg.server.')) return server !== null;
  return knownFrom(field) !== 'http2' || field.startsWith('leg.client.tls.') || kind !== 'unknown';
};

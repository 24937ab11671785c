import { timeOf } from '../../model/clock.js';
import type { Exchange } from '../../model/exchange.js';

/** As HAR 1.2 has them, milliseconds; -1 where nothing is known. `ssl` is part of `connect`. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
const sum = (...times: readonly number[]): number => rounded(times.reduce((all, ms) => all + Math.max(0, ms), 0));

/** When the client got the answer's head, ms since the epoch. */
const answeredAt = ({ startedAt, client, marks }: Exchange): number | undefined => {
  const { request, response } = client.timings;
  if (request !== undefined && response !== undefined) return timeOf(startedAt) + request + response;
  return marks.open ?? undefined;
};

/**
 * The server leg's times, because those are what the client waited for. `blocked` is what is left of the whole: the client's own way to
 * shakedown. `receive` lasts until the end, for a WebSocket as long as it was open: so do Chromium's.
 */
export const timingsOf = (exchange: Exchange): { readonly time: number; readonly timings: HarTimings } => {
  const { server, heads, startedAt, endedAt } = exchange;
  const { dns = -1, connect: tcp = -1, proxy = -1, tls: ssl = -1, response: wait = -1 } = server?.timings ?? {};
  const connect = tcp < 0 && proxy < 0 && ssl < 0 ? -1 : sum(tcp, proxy, ssl);
  const answered = answeredAt(exchange);
  const receive = answered === undefined || endedAt === null ? -1 : Math.max(0, rounded(timeOf(endedAt) - answered));
  // A head is one write: no time that could be told.
  const send = heads.serverGot ? 0 : -1;
  const known = sum(dns, connect, send, wait, receive);
  const blocked = endedAt === null ? -1 : Math.max(0, rounded(timeOf(endedAt) - timeOf(startedAt) - known));
  return { time: sum(known, blocked), timings: { blocked, dns, connect, ssl, send, wait, receive } };
};

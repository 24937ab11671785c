import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { DialFailure } from '../model/leg.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import { dialOwn } from './dial-own.js';
import { limits } from './limits.js';
import type { River } from './river.js';
import { createSide, type Side } from './side.js';
import type { Tap } from './tap.js';

export type Dialled = { readonly side: Side } | { readonly failure: DialFailure };

/** Opens the TCP connection of the server leg: resolves the name, refuses our own ports, tries each address in order. */
export const dial = async (river: River, tap: Tap, place: { readonly host: string; readonly port: number }): Promise<Dialled> => {
  const own = await dialOwn(river, tap, place);
  if (own) return own;
  const fail = (failure: DialFailure): Dialled => {
    tap.emit({ type: 'dial-failed', failure });
    return { failure };
  };
  tap.emit({ type: 'dial', host: place.host, port: place.port });
  let addresses: readonly string[];
  try {
    addresses = await resolve(place.host);
  } catch (error) {
    return fail({ code: codeOf(error) || 'ENOTFOUND', message: sentenceOf(error), attempts: [] });
  }
  tap.emit({ type: 'resolved', addresses });
  const attempts: { address: string; code: string; ms: number }[] = [];
  for (const address of addresses) {
    if (isOwn(river, address, place.port)) {
      return fail({ code: 'SHK_LOOP', message: `${place.host}:${place.port} is shakedown itself`, attempts });
    }
    const started = river.clock.now();
    try {
      const socket = await connectTo(address, place.port);
      tap.emit({ type: 'dialled', peer: { address, port: place.port } });
      return { side: createSide('server', socket) };
    } catch (error) {
      attempts.push({ address, code: codeOf(error), ms: Math.round((river.clock.now() - started) * 1000) / 1000 });
    }
  }
  const last = attempts.at(-1);
  return fail({
    code: last?.code || 'ENOTFOUND',
    message: `connect ${last?.code ?? 'ENOTFOUND'} ${last?.address ?? place.host}:${place.port}`,
    attempts,
  });
};

/** At most 8 addresses. RFC 6761 section 6.3: `localhost` and the names under it are loopback, whatever the resolver says of them. */
const resolve = async (host: string): Promise<string[]> => {
  if (isIP(host)) return [host];
  if (/(^|\.)localhost\.?$/i.test(host) && host.toLowerCase() !== 'localhost') return ['127.0.0.1', '::1'];
  const found = await lookup(host, { all: true, verbatim: true });
  return [...new Set(found.map(({ address }) => address))].slice(0, 8);
};

const connectTo = (host: string, port: number): Promise<Socket> =>
  new Promise((done, fail) => {
    const socket = connect({ host, port, allowHalfOpen: true });
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error(`connect ETIMEDOUT ${host}:${port}`), { code: 'ETIMEDOUT' })),
      limits.connectMs,
    );
    const settle = () => {
      clearTimeout(timer);
      socket.off('error', onError).off('connect', onConnect);
    };
    const onError = (error: Error) => {
      settle();
      // A late error of the dying socket must find a listener.
      socket.on('error', () => {});
      fail(error);
    };
    const onConnect = () => {
      settle();
      done(socket);
    };
    socket.on('error', onError).on('connect', onConnect);
  });

/** Every spelling of this machine with one of our ports. */
const isOwn = (river: River, address: string, port: number): boolean => {
  if (!river.ownPorts().includes(port)) return false;
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
  if (plain === '::' || plain === '::1' || plain === '0.0.0.0' || plain.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === plain));
};

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { DialFailure } from '../model/leg.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import { authorityOf } from '../model/target.js';
import { overridesOf } from '../wire/resolve-override.js';
import { isClosedToGuests } from './access/guests.js';
import { dialOwn } from './dial-own.js';
import { faultStage } from './fault-stage.js';
import { alternate, type Candidate, race, tellingAttempt } from './happy-eyeballs.js';
import { limits } from './limits.js';
import { patience } from './patience.js';
import type { River } from './river.js';
import { createSide, type Side } from './side.js';
import type { Tap } from './tap.js';
import { goThrough } from './upstream/go-through.js';
import type { Errand, NoWay, Way } from './upstream/way.js';
import { addressOf, upstreamFor } from './upstream/way-out.js';
import { within } from './within.js';

/**
 * Opens the server leg: straight to the server, or to the upstream proxy and through it. The one place that opens its TCP connection:
 * resolves the name, refuses our own ports, and races the addresses.
 */
export const dial = async (river: River, tap: Tap, asked: Errand): Promise<Way | NoWay> => {
  const { host, port } = asked;
  const change = faultStage(river, tap, { stage: 'dial', input: { host, port }, target: { scheme: 'tcp', host, port, path: '' } });
  await patience(change?.holdMs ?? 0, asked.client);
  if (change?.failure) {
    const failure: DialFailure = { ...change.failure, attempts: [] };
    tap.emit({ type: 'dial', host, port });
    tap.emit({ type: 'dial-failed', failure });
    return { failure };
  }
  // Whoever armed the fault is the user, and has named that place.
  const errand: Errand = change?.place ? { ...asked, ...change.place, chosen: true } : asked;
  const own = await dialOwn(river, tap, errand);
  if (own) return own;
  const proxy = upstreamFor(river.options.out, errand);
  if (!proxy) {
    const opened = await open(river, tap, errand);
    return 'failure' in opened ? opened : { side: opened.side, facts: [], reply: null, proxy: null };
  }
  const closed = tap.guest && !errand.chosen ? await closedBehind(river, errand) : undefined;
  if (closed !== undefined) {
    const failure = closedTo(errand, closed);
    tap.emit({ type: 'dial-failed', failure });
    return { failure };
  }
  const address = addressOf(proxy);
  tap.emit({ type: 'upstream', proxy: address, request: '' });
  if (errand.kept) return goThrough(river, tap, { proxy, errand, side: errand.kept });
  const opened = await open(river, tap, { ...address, behind: errand });
  if ('failure' in opened) return { failure: opened.failure, trouble: { proxy: address, answer: null } };
  return goThrough(river, tap, { proxy, errand, side: opened.side });
};

interface Place {
  readonly host: string;
  readonly port: number;
  /** Where the connection leads in the end, when `host` is an upstream proxy. */
  readonly behind?: { readonly host: string; readonly port: number };
  readonly chosen?: boolean;
}

/** What a client of another machine may not reach, with the address that is closed to it. */
const closedTo = (place: { readonly host: string; readonly port: number }, address: string): DialFailure => ({
  code: 'SHK_PRIVATE',
  message: `${authorityOf(place)} is closed to clients of other machines (${address})`,
  attempts: [],
});

/** Behind an upstream proxy: where its name leads from here. What does not resolve here is left to that proxy. */
const closedBehind = async (river: River, { host }: Errand): Promise<string | undefined> => {
  const addresses = await resolve(host).catch(() => []);
  return addresses.find((address) => isClosedToGuests(river, address));
};

const open = async (river: River, tap: Tap, place: Place): Promise<{ readonly side: Side } | { readonly failure: DialFailure }> => {
  const fail = (failure: DialFailure): { readonly failure: DialFailure } => {
    tap.emit({ type: 'dial-failed', failure });
    return { failure };
  };
  tap.emit({ type: 'dial', host: place.host, port: place.port });
  let candidates: readonly Candidate[];
  try {
    candidates = await candidatesOf(river, tap, place);
  } catch (error) {
    return fail({ code: codeOf(error) || 'ENOTFOUND', message: sentenceOf(error), attempts: [] });
  }
  const own = candidates.find((candidate) => isOwn(river, candidate)) ?? ownBehind(river, place, candidates);
  if (own)
    return fail({ code: 'SHK_LOOP', message: `${authorityOf({ host: own.address, port: own.port })} is shakedown itself`, attempts: [] });
  const closed =
    tap.guest && !place.chosen && !place.behind ? candidates.find(({ address }) => isClosedToGuests(river, address)) : undefined;
  if (closed) return fail(closedTo(place, closed.address));
  const nameOf = ({ address, port }: Candidate): string => (port === place.port ? address : authorityOf({ host: address, port }));
  const { won, attempts } = await race(candidates, river.clock, { nameOf, waitMs: () => within(river, limits.connectMs) });
  if (won) {
    const { candidate, socket } = won;
    tap.emit({ type: 'dialled', peer: candidate, ...(attempts.length > 0 ? { attempts } : {}) });
    return { side: createSide('server', socket) };
  }
  const telling = tellingAttempt(attempts);
  const code = telling?.code || 'ENOTFOUND';
  return fail({ code, message: `connect ${code} ${telling?.address ?? place.host}:${place.port}`, attempts });
};

/** At most 8 addresses, the families in turn. */
const candidatesOf = async (river: River, tap: Tap, { host, port }: Place): Promise<Candidate[]> => {
  const overrides = overridesOf(river.options.out.resolve, { host, port });
  const found =
    overrides.length > 0
      ? overrides.map(({ address, toPort }) => ({ address, port: toPort ?? port }))
      : (await resolvedInTime(river, host)).map((address) => ({ address, port }));
  const candidates = alternate(found).slice(0, 8);
  tap.emit({
    type: 'resolved',
    addresses: candidates.map(({ address }) => address),
    ...(overrides.length > 0 ? { override: overrides.map(({ text }) => text) } : {}),
  });
  return candidates;
};

/** RFC 6761 section 6.3: `localhost` and the names under it are loopback, whatever the resolver says of them. */
const resolve = async (host: string): Promise<string[]> => {
  if (isIP(host)) return [host];
  if (/(^|\.)localhost\.?$/i.test(host) && host.toLowerCase() !== 'localhost') return ['127.0.0.1', '::1'];
  const found = await lookup(host, { all: true, verbatim: true });
  return [...new Set(found.map(({ address }) => address))];
};

/** The resolver of the system has patience of its own, and cannot be called off. */
const resolvedInTime = async (river: River, host: string): Promise<string[]> => {
  if (!river.dueMs) return resolve(host);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`the resolver gave no answer for ${host}`), { code: 'ETIMEOUT' });
    timer = setTimeout(() => reject(error), within(river, limits.connectMs));
  });
  return Promise.race([resolve(host), late]).finally(() => clearTimeout(timer));
};

const isLoopback = (plain: string): boolean => plain === '::' || plain === '::1' || plain === '0.0.0.0' || plain.startsWith('127.');

/** Every spelling of this machine. */
const isThisMachine = (address: string): boolean => {
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
  return isLoopback(plain) || Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === plain));
};

const isOwn = (river: River, { address, port }: Candidate): boolean => river.ownPorts().includes(port) && isThisMachine(address);

/** An upstream proxy on this machine that is sent to one of our ports comes back to us, and would be sent again. */
const ownBehind = (river: River, { behind }: Place, candidates: readonly Candidate[]): Candidate | undefined => {
  if (!behind || !river.ownPorts().includes(behind.port)) return undefined;
  const named = /(^|\.)localhost\.?$/i.test(behind.host) ? '127.0.0.1' : behind.host;
  const comesBack = isIP(named) !== 0 && isThisMachine(named) && candidates.some(({ address }) => isThisMachine(address));
  return comesBack ? { address: named, port: behind.port } : undefined;
};

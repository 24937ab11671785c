import { timeOf } from '../../model/clock.js';
import type { Exchange } from '../../model/exchange.js';
import type { AppliedFault } from '../../model/fault-choice.js';
import type { Sender } from '../../model/frame.js';
import type { HeadSite } from '../../model/head.js';
import type { Imported, ImportLack } from '../../model/imported.js';
import type { Leg, Timings } from '../../model/leg.js';
import { isRecord, own } from '../../recording/shape.js';
import { Misfit, maybe, objectAt, type Place } from '../misfit.js';
import { bytesTold, type Plan, type Told } from '../told.js';
import { type OwnHead, ownVersion } from './own.js';
import { contentBytes } from './read-entry.js';

/** `_shakedown` of an entry, as it should be: every event that is made of it is checked before it is written. */
type Omitted = 'notAHead' | 'dialAttempts' | 'resolveOverride' | 'faultFailures';
interface Own extends Omit<Exchange, 'heads' | 'informational' | 'body' | 'applied' | 'marks' | Omitted>, Partial<Pick<Exchange, Omitted>> {
  readonly heads: Partial<Record<HeadSite, OwnHead>>;
  readonly informational?: readonly string[];
  readonly faults: readonly AppliedFault[];
  readonly openedAt: number | null;
}

/** Whether an entry was made by shakedown, and can be read as such. */
export const isOwn = (entry: Place): boolean => {
  const told = own(entry.value, '_shakedown');
  return isRecord(told) && own(told, 'version') === ownVersion;
};

/** When a phase began, ms since the epoch; `otherwise` where that was not kept. */
const beginOf = (
  told: Own,
  leg: Leg | null,
  { phase, otherwise }: { readonly phase: keyof Timings; readonly otherwise: number },
): number => {
  const after = leg?.starting?.[phase];
  return after === undefined ? otherwise : timeOf(told.startedAt) + after;
};

const tlsTold = (told: Own, leg: Leg, otherwise: number): Told[] => {
  const { side, hello, tls, tlsFailure, clientCertificate, timings, starting } = leg;
  const fromMs = beginOf(told, leg, { phase: 'tls', otherwise });
  const doneMs = fromMs + (timings.tls ?? 0);
  const began = starting?.tls !== undefined || timings.tls !== undefined;
  return [
    ...(hello ? [[fromMs, { type: 'client-hello', hello }] as const] : []),
    ...(began ? [[fromMs, { type: 'tls-start', leg: side }] as const] : []),
    ...(tls ? [[doneMs, { type: 'tls', leg: side, tls }] as const] : []),
    ...(clientCertificate === undefined ? [] : [[doneMs, { type: 'client-certificate', shown: clientCertificate }] as const]),
    ...(tlsFailure ? [[doneMs, { type: 'tls-failed', leg: side, failure: tlsFailure }] as const] : []),
  ];
};

/** The server leg up to its TLS, and when that was done. */
const dialTold = (told: Own, startMs: number): { readonly events: Told[]; readonly doneMs: number } => {
  const { server, dialFailure = null, dialAttempts = [], resolveOverride = [], upstream, target, endedAt } = told;
  if (!server && !dialFailure) return { events: [], doneMs: startMs };
  const { dns, connect = 0, proxy = 0, tls = 0, total } = server?.timings ?? {};
  const ended = total !== undefined && endedAt !== null ? timeOf(endedAt) - total : startMs;
  const dialMs = beginOf(told, server, { phase: 'total', otherwise: ended });
  const resolvedMs = beginOf(told, server, { phase: 'connect', otherwise: dialMs + (dns ?? 0) });
  const dialledMs = beginOf(told, server, { phase: 'proxy', otherwise: resolvedMs + connect });
  const repliedMs = dialledMs + proxy;
  const { host, port } = upstream?.proxy ?? target ?? { host: '', port: 0 };
  const known = [...dialAttempts, ...(dialFailure?.attempts ?? [])].map(({ address }) => address);
  const addresses = [...known, ...(server?.peer ? [server.peer.address] : [])];
  const isResolved = server?.starting?.connect !== undefined || (dns !== undefined && addresses.length > 0);
  const override = resolveOverride.length > 0 ? { override: resolveOverride } : {};
  const attempts = dialAttempts.length > 0 ? { attempts: dialAttempts } : {};
  const events: Told[] = [
    ...(server ? [[dialMs, { type: 'dial', host, port }] as const] : []),
    ...(isResolved || resolveOverride.length > 0 ? [[resolvedMs, { type: 'resolved', addresses, ...override }] as const] : []),
    ...(upstream ? [[dialledMs, { type: 'upstream', proxy: upstream.proxy, request: upstream.request }] as const] : []),
    ...(server?.peer ? [[dialledMs, { type: 'dialled', peer: server.peer, ...attempts }] as const] : []),
    ...(dialFailure ? [[dialledMs, { type: 'dial-failed', failure: dialFailure }] as const] : []),
    ...(upstream?.tls ? [[repliedMs, { type: 'upstream-tls', tls: upstream.tls }] as const] : []),
    ...(upstream?.tlsFailure ? [[repliedMs, { type: 'upstream-tls-failed', failure: upstream.tlsFailure }] as const] : []),
  ];
  if (upstream && upstream.outcome !== null) {
    const { reply, outcome, status, why } = upstream;
    events.push([repliedMs, { type: 'upstream-reply', reply, outcome, status, why }]);
  }
  if (server) events.push(...tlsTold(told, { ...server, side: 'server' }, repliedMs));
  return { events, doneMs: repliedMs + tls };
};

const headTold = (told: Own, site: HeadSite, atMs: number): Told[] => {
  const head = told.heads[site];
  if (!head) return [];
  const body = 'sameAs' in head ? { sameAs: head.sameAs } : { raw: head.raw };
  return [[atMs, { type: 'head', site, ...body, ...(told.reserialised ? { reserialised: true } : {}) }]];
};

const headsTold = (
  told: Own,
  { startMs, doneMs }: { readonly startMs: number; readonly doneMs: number },
): { events: Told[]; sentMs: number; gotMs: number } => {
  const { client, server, notAHead = {}, informational = [], http2, faults, faultFailures = [], openedAt } = told;
  const sentMs = beginOf(told, client, { phase: 'response', otherwise: startMs + (client.timings.request ?? 0) });
  const gotMs = openedAt ?? sentMs + (client.timings.response ?? 0);
  const askedMs = beginOf(told, server, { phase: 'response', otherwise: Math.max(doneMs, sentMs) });
  const answerMs = askedMs + (server?.timings.response ?? 0);
  const events: Told[] = [
    ...(http2 ? [[sentMs, { type: 'http2', ...http2 }] as const] : []),
    ...headTold(told, 'clientSent', sentMs),
    ...(notAHead.clientSent ? [[sentMs, { type: 'not-a-head', site: 'clientSent', ...notAHead.clientSent }] as const] : []),
    ...faults.map((fault): Told => [sentMs, { type: 'fault', fault }]),
    ...faultFailures.map(({ id, message }): Told => [sentMs, { type: 'fault-failed', id, message }]),
    ...headTold(told, 'serverGot', askedMs),
    ...informational.map((raw): Told => [answerMs, { type: 'head', site: 'serverSent', raw, informational: true }]),
    ...headTold(told, 'serverSent', answerMs),
    ...(notAHead.serverSent ? [[answerMs, { type: 'not-a-head', site: 'serverSent', ...notAHead.serverSent }] as const] : []),
    ...headTold(told, 'clientGot', gotMs),
  ];
  return { events, sentMs, gotMs };
};

/** What was imported once keeps what its first file lacked. */
const importedOf = (told: Own, { creator, more }: { readonly creator: string; readonly more: readonly ImportLack[] }): Plan['imported'] => {
  const first: Imported = told.imported ?? { from: 'har', creator, lacks: [] };
  const opensHere = told.openedAt !== null && !told.heads.clientGot;
  const { heads, status, lostBytes } = told;
  return {
    ...first,
    type: 'imported',
    kind: told.kind,
    lacks: [...new Set([...first.lacks, ...more])],
    ...(status !== 0 && !heads.serverSent ? { status } : {}),
    ...(opensHere && told.openedAt !== null ? { open: told.openedAt - timeOf(told.startedAt) } : {}),
    ...(lostBytes > 0 ? { lostBytes } : {}),
  };
};

const endTold = (leg: Sender, { end, goaway }: Leg): Told[] => [
  ...(goaway && end ? [[timeOf(end.at), { type: 'goaway', leg, ...goaway }] as const] : []),
  ...(end ? [[timeOf(end.at), { type: 'end', leg, how: end.how, by: end.by, code: end.code }] as const] : []),
];

const closedTold = ({ endedAt, client, server }: Own): Told[] => {
  if (endedAt === null) return [];
  const count = ({ bytesIn, bytesOut }: Leg) => ({ in: bytesIn, out: bytesOut });
  return [[timeOf(endedAt), { type: 'closed', client: count(client), server: server && count(server) }]];
};

/** An entry that shakedown made, from its `_shakedown`. What is not as it should be is found when its events are checked. */
const planOf = (entry: Place, told: Own, creator: string): Plan => {
  const startMs = timeOf(told.startedAt);
  const isOpen = told.kind === 'websocket' && told.openedAt !== null;
  const sent = told.kind === 'http' ? contentBytes(maybe(objectAt, objectAt(entry, 'request'), 'postData'), '_encoding') : undefined;
  const got = isOpen ? undefined : contentBytes(maybe(objectAt, objectAt(entry, 'response'), 'content'), 'encoding');
  const lacks: ImportLack[] = [
    ...(isOpen ? (['frames'] as const) : []),
    ...(sent || got ? (['body-coding'] as const) : []),
    ...(told.kind === 'http' && !got && told.heads.clientGot ? (['body'] as const) : []),
  ];
  const { client, server, door, entrance, target, kind, connection, mirrored, refusal } = told;
  const imported = importedOf(told, { creator, more: lacks });
  const dial = dialTold(told, startMs);
  const heads = headsTold(told, { startMs, doneMs: dial.doneMs });
  const before: Told[] = [
    [startMs, imported],
    ...(client.peer ? [[startMs, { type: 'opened', connection, peer: client.peer, entrance }] as const] : []),
    ...(entrance === null ? [] : [[startMs, { type: 'entrance', entrance, request: door.request }] as const]),
    ...(target ? [[startMs, { type: 'target', target, kind }] as const] : []),
    ...dial.events,
    ...(door.reply === '' ? [] : [[dial.doneMs, { type: 'entrance-reply', reply: door.reply }] as const]),
    ...tlsTold(told, { ...client, side: 'client' }, startMs),
    ...(mirrored ? [[startMs, { type: 'mirrored', ...mirrored }] as const] : []),
    ...heads.events,
    ...(refusal ? [[heads.gotMs, { type: 'refused', ...refusal }] as const] : []),
    ...(sent ? bytesTold('client', sent, heads.sentMs) : []),
    ...(got ? bytesTold('server', got, heads.gotMs) : []),
  ];
  const after = [...endTold('client', client), ...(server ? endTold('server', server) : []), ...closedTold(told)];
  return {
    id: told.id,
    startMs,
    imported,
    before,
    hasMessages: isOpen,
    after: () => after,
  };
};

/** Throws a Misfit for what is so far from `_shakedown` that no events can be made of it. */
export const ownPlan = (entry: Place, creator: string): Plan => {
  const place = objectAt(entry, '_shakedown');
  try {
    return planOf(entry, place.value as unknown as Own, creator);
  } catch (error) {
    if (error instanceof Misfit) throw error;
    throw new Misfit(place.where, 'is not as shakedown writes it');
  }
};

import { timeOf, toMicros } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import { emptyTally, type FrameResume, type FrameTally, type Gap, type Sender } from '../model/frame.js';
import { type Head, type HeadSite, opens, statusLine } from '../model/head.js';
import type { Leg } from '../model/leg.js';
import { agreesOnDeflate } from '../wire/extensions.js';
import { createFrameScanner } from '../wire/frame-scanner.js';
import { parseHead } from '../wire/http-head.js';
import { type Draft, emptyDraft, emptyLeg, outcomeOf, type Writable } from './draft.js';
import { createGiven } from './given.js';
import { createStopwatch } from './timings.js';
import { foldUpstream } from './upstream.js';

/** Turns the events of one exchange into the Exchange, as they come. The live engine and the reader of a recording use this one. */
export interface Fold {
  /** The exchange as it stands; a new object after each change. */
  readonly exchange: Exchange;
  apply(event: Event): void;
  /** The fast way in for event `bytes`: no base64, no object. `atMs` is milliseconds since the epoch. */
  bytes(from: Sender, chunk: Uint8Array, atMs: number): void;
  /** So many bytes that came in by `bytes` are not in the recording. Event `bytes-lost` says that they never came in. */
  unrecorded(bytes: number): void;
  /** Whether what this side sends next is frames, as far as can be said. */
  framesDue(from: Sender): boolean;
  /** Where the frames of one side stand, for whoever cannot keep all bytes; undefined while no WebSocket is open. */
  resume(from: Sender): FrameResume | undefined;
}

/** How much of a refused answer's body is kept for rules and views, bytes. */
const bodyLimit = 16 * 1024;
/** How many applied faults, and how many that failed, one exchange remembers: the first ones. A recording may hold any number. */
const mostFaults = 200;

export const startFold = (id: string): Fold => {
  const draft = emptyDraft(id);
  const stopwatch = createStopwatch();
  /** The scanners look at it with each frame: early frames come before there is an agreement. */
  const agreed = { rsv1: false };
  const scanners: { client?: ReturnType<typeof createFrameScanner>; server?: ReturnType<typeof createFrameScanner> } = {};
  const given = createGiven(agreed);
  /** The body of the answer has a hole: what comes behind it is not joined to what came before. */
  let bodyHoled = false;
  /** The body is one that a fault made. */
  let bodyGiven = false;
  let snapshot: Exchange | null = null;

  const server = (): Writable<Leg> => {
    draft.server ??= emptyLeg('server');
    return draft.server;
  };
  const legOf = (side: Sender): Writable<Leg> => (side === 'client' ? draft.client : server());

  const serverTimings = (): Leg['timings'] => ({ ...draft.imported?.timings, ...stopwatch.timings.server });

  const carried = (from: Sender, length: number) => {
    legOf(from).bytesIn += length;
    const other = from === 'client' ? draft.server : draft.client;
    if (other && !given.has(from)) other.bytesOut += length;
  };

  /** Frames are due from this side. */
  const framesDue = (from: Sender): boolean =>
    draft.kind === 'websocket' && (draft.marks.open !== null || (from === 'client' && !draft.heads.clientGot));

  const bytes = (from: Sender, chunk: Uint8Array, atMs: number): void => {
    snapshot = null;
    draft.marks.lastByte = toMicros(atMs);
    carried(from, chunk.length);
    if (draft.kind !== 'websocket') return;
    if (from === 'server' && draft.marks.open === null) {
      if (draft.body.length < bodyLimit && !bodyHoled && !bodyGiven)
        draft.body += Buffer.from(chunk.subarray(0, bodyLimit - draft.body.length)).toString('latin1');
      return;
    }
    if (!framesDue(from)) return;
    scanners[from] ??= createFrameScanner(from, agreed);
    scanners[from].push(chunk);
    if (draft.closer === undefined && scanners[from].closed()) draft.closer = from;
  };

  const give = (from: Sender, chunk: Uint8Array): void => {
    const other = from === 'client' ? draft.server : draft.client;
    if (other) other.bytesOut += chunk.length;
    if (from === 'client' || draft.kind !== 'websocket' || draft.marks.open !== null) {
      given.push(from, chunk, scanners[from]?.resume());
      return;
    }
    // The body of an answer that a fault put in place of the server's.
    draft.body = ((bodyGiven ? draft.body : '') + Buffer.from(chunk).toString('latin1')).slice(0, bodyLimit);
    bodyGiven = true;
  };

  const skip = (from: Sender, gap: Gap): void => {
    draft.lostBytes += gap.bytes;
    carried(from, gap.bytes);
    if (!framesDue(from)) {
      bodyHoled ||= from === 'server';
      return;
    }
    scanners[from] ??= createFrameScanner(from, agreed);
    scanners[from].skip(gap);
  };

  const takeHead = (event: Extract<Event, { type: 'head' }>, atMs: number): void => {
    const kind = event.site === 'clientSent' || event.site === 'serverGot' ? 'request' : 'response';
    const head = headOf(draft, event.sameAs) ?? parseHead(event.raw ?? '', kind);
    if (event.site === 'clientSent') draft.client.bytesIn += head.raw.length;
    if (event.site === 'serverGot') server().bytesOut += head.raw.length;
    if (event.site === 'serverSent') server().bytesIn += head.raw.length;
    if (event.site === 'clientGot') draft.client.bytesOut += head.raw.length;
    if (event.informational) {
      if (event.site === 'serverSent') draft.informational = [...draft.informational.slice(0, 9), head];
      if (event.site === 'clientGot') given.informational(head, draft.informational);
      return;
    }
    draft.heads[event.site] = head;
    if (event.reserialised && event.site === 'clientSent') draft.reserialised = true;
    draft.marks.lastByte = atMs;
    if (event.site === 'serverSent') draft.status = statusLine(head).status;
    // A fault may give the beginning of a head, and no more.
    if (event.site === 'clientGot' && draft.kind === 'websocket' && opens(head) && /\n\r?\n$/.test(head.raw)) {
      draft.marks.open = atMs;
      agreed.rsv1 = agreesOnDeflate(head);
    }
  };

  const takeImported = (event: Extract<Event, { type: 'imported' }>, atMs: number): void => {
    const { from, creator, lacks, close, error, timings } = event;
    if (draft.imported) {
      draft.imported = { ...draft.imported, ...(error !== undefined && { error }) };
      return;
    }
    draft.imported = { from, creator, lacks, ...(close && { close }), ...(error !== undefined && { error }), ...(timings && { timings }) };
    draft.startedAt = event.at;
    draft.kind = event.kind;
    draft.status = event.status ?? 0;
    draft.lostBytes = event.lostBytes ?? 0;
    if (event.open !== undefined) draft.marks.open = atMs + event.open;
  };

  const apply = (event: Event): void => {
    const atMs = timeOf(event.at);
    snapshot = null;
    stopwatch.note(event, atMs);
    draft.client.timings = stopwatch.timings.client;
    draft.client.starting = stopwatch.starting.client;
    if (draft.server) {
      draft.server.timings = serverTimings();
      draft.server.starting = stopwatch.starting.server;
    }
    switch (event.type) {
      case 'imported':
        takeImported(event, atMs);
        return;
      case 'opened':
        draft.connection = event.connection;
        draft.startedAt = event.at;
        draft.entrance = event.entrance;
        draft.client.peer = event.peer;
        return;
      case 'entrance':
        draft.entrance = event.entrance;
        draft.door = { request: event.request, reply: '' };
        draft.client.bytesIn += event.request.length;
        return;
      case 'entrance-reply':
        draft.door = { ...draft.door, reply: event.reply };
        draft.client.bytesOut += event.reply.length;
        return;
      case 'target':
        draft.target = event.target;
        draft.kind = event.kind;
        return;
      case 'client-hello':
        draft.client.hello = event.hello;
        return;
      case 'dial':
        server();
        return;
      case 'resolved':
        server();
        draft.resolveOverride = event.override ?? [];
        return;
      case 'dialled':
        server().peer = event.peer;
        draft.dialAttempts = event.attempts ?? [];
        server().timings = serverTimings();
        return;
      case 'dial-failed':
        draft.dialFailure = event.failure;
        return;
      case 'upstream':
      case 'upstream-tls':
      case 'upstream-tls-failed':
      case 'upstream-reply':
        draft.upstream = foldUpstream(draft.upstream, event);
        if (draft.server) draft.server.timings = serverTimings();
        return;
      case 'tls':
        legOf(event.leg).tls = event.tls;
        return;
      case 'client-certificate':
        server().clientCertificate = event.shown;
        return;
      case 'tls-failed':
        legOf(event.leg).tlsFailure = event.failure;
        return;
      case 'mirrored':
        draft.mirrored = { defects: event.defects, possible: event.possible };
        return;
      case 'head':
        takeHead(event, atMs);
        return;
      case 'http2':
        draft.http2 = { stream: event.stream, settings: event.settings };
        return;
      case 'goaway':
        legOf(event.leg).goaway ??= { code: event.code, lastStream: event.lastStream, debug: event.debug };
        return;
      case 'not-a-head':
        draft.notAHead[event.site] = { raw: event.raw, why: event.why };
        return;
      case 'bytes':
        bytes(event.from, Buffer.from(event.data, 'base64'), atMs);
        return;
      case 'detour':
        given.begin(event.from, scanners[event.from]?.resume());
        return;
      case 'given':
        give(event.from, Buffer.from(event.data, 'base64'));
        return;
      case 'bytes-lost':
        // When exactly is not known; a silence before it must not be taken for one before the end.
        draft.marks.lastByte = atMs;
        skip(event.from, event);
        return;
      case 'fault':
        if (draft.applied.length < mostFaults) draft.applied = [...draft.applied, event.fault];
        return;
      case 'fault-failed':
        if (draft.faultFailures.length < mostFaults)
          draft.faultFailures = [...draft.faultFailures, { id: event.id, message: event.message }];
        return;
      case 'refused':
        draft.refusal = { status: event.status, why: event.why, text: event.text };
        return;
      case 'end':
        legOf(event.leg).end ??= { how: event.how, by: event.by, code: event.code, at: event.at };
        if (event.by === 'peer') scanners[event.leg]?.end();
        else given.end(event.leg === 'client' ? 'server' : 'client');
        return;
      case 'closed':
        draft.endedAt = event.at;
        draft.marks.closed = atMs;
        draft.client.bytesIn = event.client.in;
        draft.client.bytesOut = event.client.out;
        if (event.server) [server().bytesIn, server().bytesOut] = [event.server.in, event.server.out];
        return;
      default:
        return;
    }
  };

  const tallyOf = (side: Sender): FrameTally => scanners[side]?.tally() ?? emptyTally;
  const take = (): Exchange => ({
    ...draft,
    client: { ...draft.client },
    server: draft.server && { ...draft.server },
    heads: { ...draft.heads },
    notAHead: { ...draft.notAHead },
    marks: { ...draft.marks },
    frames: { fromClient: tallyOf('client'), fromServer: tallyOf('server') },
    given: given.tallies(),
    outcome: outcomeOf(draft),
  });

  return {
    get exchange() {
      snapshot ??= take();
      return snapshot;
    },
    apply,
    bytes,
    unrecorded: (bytes) => {
      snapshot = null;
      draft.lostBytes += bytes;
    },
    framesDue,
    resume: (from) => {
      if (draft.marks.open === null) return undefined;
      return scanners[from] ? scanners[from].resume() : { left: 0, header: '', unfinished: false };
    },
  };
};

const headOf = (draft: Draft, site: HeadSite | undefined): Head | null => (site ? draft.heads[site] : null);

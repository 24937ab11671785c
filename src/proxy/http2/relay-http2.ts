import { isoTime } from '../../model/clock.js';
import type { Entrance, EventBody } from '../../model/event.js';
import type { Sender } from '../../model/frame.js';
import { type Head, type HeaderField, opens, requestLine } from '../../model/head.js';
import type { Http2Settings } from '../../model/http2-facts.js';
import { authorityOf, type Target } from '../../model/target.js';
import { parseHead } from '../../wire/http-head.js';
import { errorCode, errorName, flags, frameTypes, readSettings, writeBody, writeReset } from '../../wire/http2/frame.js';
import { requestFields, requestText } from '../../wire/http2/head.js';
import { finish } from '../deliver.js';
import type { Place } from '../entrances/connect.js';
import type { ExchangeLog } from '../exchange-log.js';
import { faultStage } from '../fault-stage.js';
import { closed, pump } from '../relay.js';
import type { River } from '../river.js';
import { resetSide, type Side } from '../side.js';
import type { Tap } from '../tap.js';
import { createAnswers } from './answers.js';
import { type Block, createDirection, type Direction, type Handlers, lettingGo } from './direction.js';
import { behindHeld, createHeldRequests } from './held-requests.js';
import { close, createStream, endHalf, kindOf, resetStream, type Stream } from './stream.js';
import { createStreamDiversions } from './stream-diversions.js';
import { createStreamFaults } from './stream-faults.js';
import { createWindows } from './windows.js';

export interface Http2Visit {
  readonly tap: Tap;
  readonly client: Side;
  readonly server: Side;
  readonly place: Place;
  readonly entrance: Entrance;
  /** What holds for every exchange of this connection. */
  readonly facts: readonly EventBody[];
}

/** Streams on record at one time; what is over them passes unrecorded. Servers allow some hundred. */
const mostStreams = 1000;

/**
 * HTTP/2 on both legs (RFC 9113): the frames go on as they came, SETTINGS and flow control among them, and every stream is an exchange. Only
 * a fault on a stream writes a frame of ours, and from then on that direction's header blocks anew.
 */
export const relayHttp2 = async (
  { river, log }: { readonly river: River; readonly log: ExchangeLog },
  visit: Http2Visit,
): Promise<void> => {
  const { client, server, place } = visit;
  const streams = new Map<number, Stream>();
  const windows = createWindows(streams);
  const settings: { client: Http2Settings | null; server: Http2Settings | null } = { client: null, server: null };
  let unused: Tap | null = visit.tap;
  let overflowed = false;
  const warn = (text: string): void =>
    river.sink.event({ at: isoTime(river.clock.now()), exchange: '', type: 'notice', level: 'warning', text });

  const nextTap = (): Tap => {
    const tap = unused ?? log.beside(client, visit.entrance, visit.facts);
    if (unused) log.release();
    unused = null;
    return tap;
  };

  const over = (stream: Stream): void => {
    if (stream.over) streams.delete(stream.id);
  };

  /** A request head, or the trailers of one. */
  const onRequest = (block: Block): ReturnType<Handlers['block']> => {
    const known = streams.get(block.stream);
    if (known) {
      if (!requests.waits(known.id)) {
        noteTrailers(known, block);
        return true;
      }
      const go = (): Buffer => {
        noteTrailers(known, block);
        return upward.encode(block, block.fields, block.endStream);
      };
      requests.follows(known.id, { length: block.raw.length, go });
      return false;
    }
    if (answers.isDead(block.stream)) return false;
    if (streams.size >= mostStreams) {
      if (!overflowed)
        warn(`${mostStreams} streams to ${authorityOf(place)} are open at one time: further ones are relayed, and not recorded.`);
      overflowed = true;
      const unrecorded = (): Buffer => upward.encode(block, block.fields, block.endStream);
      return !requests.begins({ stream: block.stream, head: null, go: unrecorded, drop: () => {} });
    }
    const head = parseHead(requestText(block.fields), 'request');
    const kind = kindOf(head);
    const target: Target = {
      scheme: kind === 'websocket' ? 'wss' : kind === 'tunnel' ? 'tcp' : 'https',
      host: place.host,
      port: place.port,
      path: requestLine(head).target,
    };
    const tap = nextTap();
    const stream = createStream({ id: block.stream, tap, kind, target, room: { ...windows.initial } });
    streams.set(block.stream, stream);
    river.ends.add(tap.id, { reset: () => cut(stream), finish: () => cut(stream) });
    tap.emit({ type: 'target', target, kind });
    tap.emit({ type: 'http2', stream: block.stream, settings: { ...settings } });
    tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
    stream.client.in += block.raw.length;
    if (kind === 'websocket' && faults.begins(stream)) return false;
    const waits = requests.begins({
      stream: stream.id,
      head: kind === 'websocket' ? { tap, raw: head.raw } : null,
      go: (edited) => {
        if (stream.over) return Buffer.alloc(0);
        const changed = ask(stream, { block, head, edited });
        return upward.encode(block, changed ?? block.fields, block.endStream);
      },
      drop: () => refuse(stream),
    });
    if (waits) {
      // The server's table is to be as if this block had not come yet.
      upward.recode();
      return false;
    }
    const changed = ask(stream, { block, head, edited: null });
    return changed ? { fields: changed } : true;
  };

  const noteTrailers = (stream: Stream, block: Block): void => {
    stream.client.in += block.raw.length;
    stream.server.out += block.raw.length;
    if (block.endStream) endHalf(stream, 'client');
    over(stream);
  };

  /** A request goes to the server, as somebody or a fault changed it; undefined: as it came. */
  const ask = (
    stream: Stream,
    { block, head, edited }: { readonly block: Block; readonly head: Head; readonly edited: string | null },
  ): readonly HeaderField[] | undefined => {
    const { tap, kind, target } = stream;
    const due = edited === null || edited === head.raw ? head : parseHead(edited, 'request');
    const setting = { stage: 'request', input: due, target, grounds: ['h2', 'tls'] } as const;
    const fault = kind === 'websocket' ? faultStage(river, tap, setting) : undefined;
    const changed = fault ?? (due === head ? undefined : due);
    tap.emit({ type: 'head', site: 'serverGot', ...(changed ? { raw: changed.raw } : { sameAs: 'clientSent' as const }) });
    stream.server.out += block.raw.length;
    if (block.endStream) endHalf(stream, 'client');
    return changed && requestFields(changed.raw);
  };

  /** The server has never heard of it, and will not. */
  const refuse = (stream: Stream): void => {
    answers.bury(stream);
    downward.say(() => writeReset(stream.id, errorCode('CANCEL')));
    stream.tap.emit({ type: 'end', leg: 'client', how: 'reset', by: 'shakedown', code: 'H2_CANCEL' });
    close(stream);
  };

  const cut = (stream: Stream): void => (requests.forget(stream.id) ? refuse(stream) : answers.cut(stream));

  const handlersOf = (from: Sender, onBlock: Handlers['block']): Handlers => ({
    block: onBlock,
    piece: (part) => {
      const { head, payload } = part;
      const stream = streams.get(head.stream);
      const isData = head.type === frameTypes.data;
      if (!stream || !isData) {
        const drops = answers.drops(from, part);
        if (isData && part.first && !drops) windows.spend(from, head.length, undefined);
        return !drops;
      }
      const [own, other] = from === 'client' ? [stream.client, stream.server] : [stream.server, stream.client];
      own.in += payload.length;
      const diverted = stream.diversions?.takes(from, payload) ?? false;
      if (diverted) {
        if (part.last) stream.diversions?.finishes(from, { credit: head.length, ends: (head.flags & flags.endStream) !== 0 });
        return false;
      }
      other.out += payload.length;
      if (payload.length > 0 && stream.kind !== 'http') stream.tap.bytes(from, payload);
      const held = from === 'server' && answers.holds(stream, part.raw, part.last ? head.length : 0);
      if (!held && part.first) windows.spend(from, head.length, stream);
      if (part.last && head.flags & flags.endStream) endHalf(stream, from);
      over(stream);
      return !held;
    },
    frame: (head, payload) => {
      if (head.type === frameTypes.settings && !(head.flags & flags.ack)) {
        const said = readSettings(payload);
        settings[from] ??= said;
        if (said.INITIAL_WINDOW_SIZE !== undefined) windows.resize(from, said.INITIAL_WINDOW_SIZE);
        const target: Target = { scheme: 'wss', host: place.host, port: place.port, path: '' };
        if (from === 'server' && unused) return faults.settings(unused, target, payload);
      }
      if (head.type === frameTypes.goaway && payload.length >= 8) {
        const debug = payload.toString('latin1', 8, 8 + 1024);
        const said = { code: errorName(payload.readUInt32BE(4)), lastStream: payload.readUInt32BE(0) & 0x7fffffff, debug };
        for (const { tap } of streams.values()) tap.emit({ type: 'goaway', leg: from, ...said });
        unused?.emit({ type: 'goaway', leg: from, ...said });
      }
      if (faults.keeps(from, head)) return false;
      if (head.type === frameTypes.windowUpdate && payload.length === 4) {
        const told = windows.grant(from, head.stream, payload.readUInt32BE(0) & 0x7fffffff);
        if (told !== true) return told;
      }
      const verdict = answers.onFrame(from, head, payload);
      const stream = streams.get(head.stream);
      if (stream && head.type === frameTypes.reset && payload.length === 4) {
        const code = payload.readUInt32BE(0);
        const reset = (): void => {
          resetStream(stream, from, errorName(code));
          over(stream);
        };
        const behind = (): Buffer => {
          reset();
          return writeReset(stream.id, code);
        };
        const late = (): void => {
          if (!stream.over) (from === 'client' ? upward : downward).say(behind);
        };
        if (stream.diversions?.defers(from, late) || (from === 'server' && answers.defers(stream, behind))) return false;
        reset();
      }
      return verdict;
    },
    broken: (recoded) => {
      if (!unused) warn(`The HTTP/2 of ${authorityOf(place)} cannot be read any more: what it still carries is relayed, and not recorded.`);
      unused?.emit({ type: 'target', target: { scheme: 'tcp', host: place.host, port: place.port, path: '' }, kind: 'tunnel' });
      if (!recoded) return;
      resetSide(client);
      resetSide(server);
    },
    unread: (raw) => unused?.bytes(from, raw),
  });

  const requests = createHeldRequests(river, (make) => upward.say(make));
  const upward: Direction = createDirection('client', {
    handlers: behindHeld(requests, handlersOf('client', onRequest)),
    write: (bytes) => void (server.stream.destroyed || server.stream.writableEnded || server.stream.write(bytes)),
  });
  const downward: Direction = createDirection('server', {
    handlers: handlersOf('server', (block) => answers.onBlock(block)),
    write: (bytes) => void (client.stream.destroyed || client.stream.writableEnded || client.stream.write(bytes)),
  });
  const onGiven = (stream: Stream, answer: Head): void => {
    if (opens(answer) && !stream.over) divert(stream, answer);
    faults.answered(stream);
  };
  const divert = (stream: Stream, answer: Head): void => {
    stream.diversions = createStreamDiversions({
      ...{ river, stream, answer, windows, directions: { client: upward, server: downward } },
      wrote: (from, bytes) => {
        (from === 'client' ? stream.server : stream.client).out += bytes;
      },
      cut: (from, how) => endStreamByFault(stream, from, how),
      ended: (from) => {
        endHalf(stream, from);
        over(stream);
      },
    });
    river.openings.add(stream.tap.id, stream.diversions.opening);
  };
  const endStreamByFault = (stream: Stream, from: Sender, how: 'fin' | 'reset'): void => {
    if (stream.over) return;
    const to: Sender = from === 'client' ? 'server' : 'client';
    const [heard, cut] = from === 'client' ? [upward, downward] : [downward, upward];
    answers.bury(stream);
    heard.say(() => (how === 'fin' ? writeBody(stream.id, Buffer.alloc(0)) : writeReset(stream.id, errorCode('INTERNAL_ERROR'))));
    cut.say(() => writeReset(stream.id, errorCode('CANCEL')));
    stream.tap.emit({ type: 'end', leg: to, how, by: 'shakedown', code: how === 'fin' ? '' : 'H2_INTERNAL_ERROR' });
    stream.tap.emit({ type: 'end', leg: from, how: 'reset', by: 'shakedown', code: 'H2_CANCEL' });
    close(stream);
  };
  const answers = createAnswers({ river, streams, upward, downward, windows, onGiven });
  const faults = createStreamFaults({ river, upward, downward, bury: answers.bury, end: () => setImmediate(endByFault) });

  // How the connection ends is how each stream that is still open ends.
  const everywhere: Tap = {
    ...visit.tap,
    bytes: () => {},
    emit: (body) => {
      for (const { tap } of streams.values()) tap.emit(body);
      unused?.emit(body);
    },
  };
  const pumps = [
    pump({ from: client, to: server, tap: everywhere, rewrite: lettingGo(upward, requests.leave) }),
    pump({ from: server, to: client, tap: everywhere, rewrite: lettingGo(downward, answers.leave) }),
  ];
  const endByFault = (): void => {
    pumps[1]?.stop();
    void finish(everywhere, { end: 'fin' }, { to: client, other: server });
  };
  await Promise.all(pumps.map(({ done }) => done));
  await Promise.all([closed(client), closed(server)]);
  requests.stop();
  answers.stop();
  faults.stop();
  for (const stream of streams.values()) close(stream);
  unused?.emit({ type: 'http2', stream: 0, settings: { ...settings } });
};

import type { Delivery } from '../../faults/changes.js';
import type { Sender } from '../../model/frame.js';
import { type Head, statusLine } from '../../model/head.js';
import { findHeadEnd, parseHead } from '../../wire/http-head.js';
import { errorCode, type FrameHead, flags, frameTypes, writeBody, writeReset, writeWindowUpdate } from '../../wire/http2/frame.js';
import { responseFields, responseText } from '../../wire/http2/head.js';
import type { Part } from '../../wire/http2/splitter.js';
import { groundsOf } from '../diversions.js';
import { faultStage, httpAnswer } from '../fault-stage.js';
import type { River } from '../river.js';
import type { Block, Direction, Handlers, Verdict } from './direction.js';
import { close, endHalf, type Stream } from './stream.js';
import type { Windows } from './windows.js';

/** What faults make of the answers on an HTTP/2 connection: held back, or replaced. */
export interface Answers {
  onBlock(block: Block): ReturnType<Handlers['block']>;
  onFrame(from: Sender, head: FrameHead, payload: Buffer): Verdict;
  /** True: these bytes wait behind a held answer; `credit` is what they took of the connection's window. */
  holds(stream: Stream, raw: Buffer, credit: number): boolean;
  /** True: the piece belongs to a stream that got an answer of ours, and goes nowhere. */
  drops(from: Sender, part: Extract<Part, { type: 'piece' }>): boolean;
  isDead(stream: number): boolean;
  /** Resets a stream on both legs. */
  cut(stream: Stream): void;
  /** A fault has ended it: none of its frames crosses any more. */
  bury(stream: Stream): void;
  /** The server resets it. True: somebody holds its answer, and the reset, which `make` makes, comes behind that. */
  defers(stream: Stream, make: () => Uint8Array): boolean;
  /** The server has gone: what is held by hand goes on as it was. */
  leave(): void;
  stop(): void;
}

/** What may wait behind one held answer, bytes; a peer's window is mostly smaller. */
const heldLimit = 1024 * 1024;
/** Replaced streams that are remembered, the last ones. */
const mostDead = 1000;

export const createAnswers = (at: {
  readonly river: River;
  readonly streams: Map<number, Stream>;
  readonly upward: Direction;
  readonly downward: Direction;
  readonly windows: Windows;
  /** A handshake's answer has been given. */
  readonly onGiven: (stream: Stream, answer: Head) => void;
}): Answers => {
  const { river, streams, upward, downward, windows, onGiven } = at;
  const dead = new Set<number>();
  const timers = new Map<number, NodeJS.Timeout>();
  /** Answers that somebody holds, by their streams, and the reset behind one. */
  const byHand = new Map<number, string>();
  const resets = new Map<number, () => Uint8Array>();
  /** Body bytes of ours: the client gives their credit back, and the server must not get it. */
  let ownBytes = 0;

  const tell = (stream: Stream, head: Head, changed: Delivery | undefined): void => {
    const raw = changed ? responseText(responseFields(changed.raw)) : head.raw;
    stream.tap.emit({ type: 'head', site: 'clientGot', ...(raw === head.raw ? { sameAs: 'serverSent' as const } : { raw }) });
    if (stream.kind === 'websocket') onGiven(stream, raw === head.raw ? head : parseHead(raw, 'response'));
  };

  const remember = (id: number): void => {
    dead.add(id);
    if (dead.size > mostDead) dead.delete(dead.values().next().value ?? 0);
  };

  const replace = (stream: Stream, block: Block, head: Head, changed: Delivery): void => {
    const body = Buffer.from(changed.body ?? '', 'latin1');
    remember(stream.id);
    streams.delete(stream.id);
    giveBack(stream);
    upward.say(() => writeReset(stream.id, errorCode('CANCEL')));
    downward.say(() => {
      if (stream.over) return Buffer.alloc(0);
      ownBytes += body.length;
      windows.spend('server', body.length, stream);
      const frames = downward.encode(block, responseFields(changed.raw), body.length === 0);
      stream.client.out += frames.length + body.length;
      tell(stream, head, changed);
      if (body.length > 0) stream.tap.emit({ type: 'given', from: 'server', data: body.toString('base64') });
      stream.tap.emit({ type: 'end', leg: 'server', how: 'reset', by: 'shakedown', code: 'H2_CANCEL' });
      stream.tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
      close(stream);
      return body.length === 0 ? frames : Buffer.concat([frames, writeBody(stream.id, body)]);
    });
  };

  const release = (stream: Stream, block: Block, head: Head, changed: Delivery | undefined): void => {
    timers.delete(stream.id);
    if (stream.over) return;
    if (changed?.end !== undefined) return void replace(stream, block, head, changed);
    const body = Buffer.from(changed?.body ?? '', 'latin1');
    downward.say(() => {
      const ends = block.endStream && body.length === 0;
      const frames = downward.encode(block, changed ? responseFields(changed.raw) : block.fields, ends);
      stream.answer = 'given';
      tell(stream, head, changed);
      stream.client.out += frames.length + body.length;
      if (body.length > 0) stream.tap.emit({ type: 'given', from: 'server', data: body.toString('base64') });
      ownBytes += body.length;
      windows.spend('server', body.length + stream.heldCredit, stream);
      if (block.endStream) endHalf(stream, 'server');
      stream.heldCredit = 0;
      const behind = body.length === 0 ? [] : [writeBody(stream.id, body, block.endStream)];
      const reset = resets.get(stream.id);
      resets.delete(stream.id);
      return Buffer.concat([frames, ...behind, ...stream.held.splice(0), ...(reset ? [reset()] : [])]);
    });
  };

  const fault = ({ tap, target }: Stream, answer: Head): Delivery | undefined =>
    faultStage(river, tap, { stage: 'response', input: answer, target, grounds: groundsOf(target, answer) });

  /** Somebody may want to hold it. False: it goes on. */
  const holdByHand = (stream: Stream, block: Block, head: Head): boolean => {
    const held = river.holds.take({
      ...{ exchange: stream.tap.id, at: 'response', from: 'server', head: head.raw, message: null, emit: stream.tap.emit },
      onVerdict: (verdict) => {
        if (!byHand.delete(stream.id) || stream.over) return;
        if (verdict.type === 'drop') return cut(stream);
        const raw = verdict.type === 'edit-head' ? verdict.raw : head.raw;
        const end = findHeadEnd(Buffer.from(raw, 'latin1'));
        const due = raw === head.raw ? head : parseHead(raw.slice(0, end), 'response');
        const changed = fault(stream, due) ?? (due === head ? undefined : { raw: due.raw, body: raw.slice(end) });
        if ((changed?.holdMs ?? 0) > 0 && changed) hold(stream, block, head, changed);
        else release(stream, block, head, changed);
      },
    });
    if (held === null) return false;
    byHand.set(stream.id, held);
    stream.answer = 'held';
    return true;
  };

  /** Its stream is over: nobody need decide any more. */
  const letGo = (stream: Stream): void => {
    const held = byHand.get(stream.id);
    byHand.delete(stream.id);
    resets.delete(stream.id);
    if (held !== undefined) river.holds.leave({ held });
  };

  const hold = (stream: Stream, block: Block, head: Head, changed: Delivery): void => {
    stream.answer = 'held';
    const ms = changed.holdMs ?? 0;
    if (ms !== Number.POSITIVE_INFINITY)
      timers.set(
        stream.id,
        setTimeout(() => release(stream, block, head, changed), ms),
      );
  };

  const onAnswer = (stream: Stream, block: Block): ReturnType<Handlers['block']> => {
    const head = parseHead(responseText(block.fields), 'response');
    const { status } = statusLine(head);
    stream.server.in += block.raw.length;
    if (status >= 100 && status < 200) {
      stream.client.out += block.raw.length;
      stream.tap.emit({ type: 'head', site: 'serverSent', raw: head.raw, informational: true });
      stream.tap.emit({ type: 'head', site: 'clientGot', raw: head.raw, informational: true });
      return true;
    }
    stream.tap.emit({ type: 'head', site: 'serverSent', raw: head.raw });
    const { tap, target } = stream;
    if (stream.kind === 'websocket' && river.holds.wants('response') && holdByHand(stream, block, head)) {
      downward.recode();
      return false;
    }
    const changed: Delivery | undefined =
      stream.kind === 'websocket'
        ? fault(stream, head)
        : stream.kind === 'http'
          ? httpAnswer(river, tap, { answer: head, target })
          : undefined;
    if (!changed) {
      stream.answer = 'given';
      stream.client.out += block.raw.length;
      tell(stream, head, undefined);
      if (block.endStream) endHalf(stream, 'server');
      if (stream.over) streams.delete(stream.id);
      return true;
    }
    // What is written later or not at all: the table that the block may have changed is ours alone from here on.
    downward.recode();
    if ((changed.holdMs ?? 0) > 0) hold(stream, block, head, changed);
    else if (changed.end !== undefined) replace(stream, block, head, changed);
    else {
      stream.answer = 'given';
      stream.client.out += block.raw.length;
      tell(stream, head, changed);
      if (block.endStream) endHalf(stream, 'server');
      if (stream.over) streams.delete(stream.id);
      return { fields: responseFields(changed.raw) };
    }
    return false;
  };

  /** The server's window for the whole connection must not shrink by what nobody will get. */
  const giveBack = (stream: Stream): void => {
    const credit = stream.heldCredit;
    stream.heldCredit = 0;
    stream.held = [];
    if (credit > 0) upward.say(() => writeWindowUpdate(0, credit));
  };

  const holds = (stream: Stream, raw: Buffer, credit: number): boolean => {
    if (stream.answer !== 'held') return false;
    stream.held.push(Buffer.from(raw));
    stream.heldBytes += raw.length;
    stream.heldCredit += credit;
    if (stream.heldBytes > heldLimit) cut(stream);
    return true;
  };

  const bury = (stream: Stream): void => {
    letGo(stream);
    remember(stream.id);
    streams.delete(stream.id);
    giveBack(stream);
  };

  const cut = (stream: Stream): void => {
    if (stream.over) return;
    bury(stream);
    upward.say(() => writeReset(stream.id, errorCode('CANCEL')));
    downward.say(() => writeReset(stream.id, errorCode('CANCEL')));
    for (const leg of ['server', 'client'] as const)
      stream.tap.emit({ type: 'end', leg, how: 'reset', by: 'shakedown', code: 'H2_CANCEL' });
    close(stream);
  };

  return {
    onBlock: (block) => {
      if (block.promised !== null) return true;
      const stream = streams.get(block.stream);
      if (!stream) return !dead.has(block.stream);
      if (stream.answer === 'awaited') return onAnswer(stream, block);
      // Trailers.
      stream.server.in += block.raw.length;
      stream.client.out += block.raw.length;
      const held = stream.answer === 'held' && holds(stream, downward.encode(block, block.fields, block.endStream), 0);
      if (block.endStream) endHalf(stream, 'server');
      if (stream.over) streams.delete(stream.id);
      return !held;
    },
    onFrame: (from, head, payload) => {
      const id = head.stream;
      if (from === 'client' && head.type === frameTypes.windowUpdate && id === 0 && ownBytes > 0 && payload.length === 4) {
        const credit = payload.readUInt32BE(0);
        const ours = Math.min(credit, ownBytes);
        ownBytes -= ours;
        return credit === ours ? false : writeWindowUpdate(0, credit - ours);
      }
      if (dead.has(id)) return false;
      const stream = streams.get(id);
      if (head.type === frameTypes.reset && from === 'client' && stream?.answer === 'held') letGo(stream);
      if (head.type === frameTypes.reset && stream?.answer === 'held' && !byHand.has(id)) giveBack(stream);
      return true;
    },
    holds,
    drops: (from, { head, raw, last }) => {
      if (!dead.has(head.stream)) return false;
      // The sender's window for the whole connection must not shrink by what nobody gets.
      const credit = head.type === frameTypes.data && last ? head.length : 0;
      if (credit > 0) (from === 'server' ? upward : downward).say(() => writeWindowUpdate(0, credit));
      if (last && head.flags & flags.endStream && raw.length > 0 && from === 'server') dead.delete(head.stream);
      return true;
    },
    isDead: (stream) => dead.has(stream),
    cut,
    bury,
    defers: (stream, make) => {
      if (!byHand.has(stream.id)) return false;
      resets.set(stream.id, make);
      return true;
    },
    leave: () => {
      for (const held of [...byHand.values()]) river.holds.leave({ held });
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      const left = [...byHand.values()];
      byHand.clear();
      for (const held of left) river.holds.leave({ held });
    },
  };
};

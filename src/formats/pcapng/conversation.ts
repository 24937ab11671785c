import type { Sender } from '../../model/frame.js';
import { type Endpoint, longestPayload, type Segment, tcpFlags } from './tcp-packet.js';

/** An end of a leg: the peer (the client, or the server), or shakedown. */
export type End = 'peer' | 'ours';

export interface Packet {
  readonly leg: Sender;
  readonly from: End;
  readonly segment: Segment;
  /** Microseconds since the epoch. */
  readonly atMicros: number;
}

/** Where packets go, with what this one packet is and what is to be said of it. */
export type Emit = (packet: Packet, about?: About) => void;

export interface About {
  /** What the packet carries, so that remarks find it. */
  readonly what?: string;
  /** Offset of its first byte behind the heads of its direction. */
  readonly offset?: number;
  readonly comments?: readonly string[];
}

export interface ConversationOptions {
  readonly leg: Sender;
  readonly peer: Endpoint;
  readonly ours: Endpoint;
  readonly opener: End;
  /** The first sequence numbers are made from it, so that a port that is used twice makes two conversations. */
  readonly number: number;
  readonly emit: Emit;
}

/** One TCP connection, made up around what is known to have crossed it. Nothing is emitted behind a reset, or by an end behind its own FIN. */
export interface Conversation {
  /** SYN, and what came of it: taken (SYN-ACK, ACK), `refused` (RST), or `unanswered`. Times are microseconds since the epoch. */
  open(at: number, answer: { readonly at: number; readonly how: 'taken' | 'refused' | 'unanswered' }, about?: About): void;
  say(from: End, bytes: Uint8Array, at: number, about?: About): void;
  /** So many bytes went from there that are not known: the sequence numbers leave room for them. */
  skip(from: End, bytes: number): void;
  fin(from: End, at: number, about?: About): void;
  reset(from: End, at: number, about?: About): void;
  /** Whether bytes from there can still come. */
  takes(from: End): boolean;
}

/** Whoever has sent so much is acknowledged, also when the other end has nothing to say. Well under the window. */
const acknowledgeAfter = 65_536;
/** A wider gap would turn the order of sequence numbers around (RFC 9293 section 3.4). */
const widestGap = 2 ** 30;

const nothing = new Uint8Array(0);
const otherOf = (end: End): End => (end === 'peer' ? 'ours' : 'peer');

export const createConversation = ({ leg, peer, ours, opener, number, emit }: ConversationOptions): Conversation => {
  const ends = { peer, ours };
  // Steps of 2^32 divided by the golden ratio lie far from each other.
  const next = { peer: Math.imul(number, 0x9e3779b1) >>> 0, ours: Math.imul(number, 0x85ebca6b) >>> 0 };
  /** Bytes that the other end has not acknowledged. */
  const open = { peer: 0, ours: 0 };
  const ended = { peer: false, ours: false };
  let dead = false;
  let last = 0;

  const send = (from: End, at: number, packet: { readonly flags: number; readonly payload?: Uint8Array }, about?: About): void => {
    const { flags, payload = nothing } = packet;
    last = Math.max(last, at);
    const to = otherOf(from);
    const acknowledged = flags & tcpFlags.ack ? next[to] : 0;
    emit(
      { leg, from, segment: { from: ends[from], to: ends[to], sequence: next[from], acknowledged, flags, payload }, atMicros: last },
      about,
    );
    if (flags & tcpFlags.ack) open[to] = 0;
    const taken = payload.length + (flags & (tcpFlags.syn | tcpFlags.fin) ? 1 : 0);
    next[from] = (next[from] + taken) % 2 ** 32;
    open[from] += taken;
  };
  const acknowledge = (from: End, at: number): void => send(otherOf(from), at, { flags: tcpFlags.ack });
  const takes = (from: End): boolean => !dead && !ended[from];

  return {
    takes,
    open: (at, answer, about) => {
      send(opener, at, { flags: tcpFlags.syn }, about);
      if (answer.how === 'taken') {
        send(otherOf(opener), answer.at, { flags: tcpFlags.syn | tcpFlags.ack });
        return acknowledge(otherOf(opener), answer.at);
      }
      dead = true;
      if (answer.how === 'refused') send(otherOf(opener), answer.at, { flags: tcpFlags.reset | tcpFlags.ack });
    },
    say: (from, bytes, at, about) => {
      for (let start = 0; start < bytes.length && takes(from); start += longestPayload) {
        const payload = bytes.subarray(start, start + longestPayload);
        const push = start + longestPayload >= bytes.length ? tcpFlags.push : 0;
        const part = start === 0 || !about ? about : { ...about, comments: [], offset: (about.offset ?? 0) + start };
        send(from, at, { flags: tcpFlags.ack | push, payload }, part);
        if (open[from] >= acknowledgeAfter) acknowledge(from, at);
      }
    },
    skip: (from, bytes) => {
      if (takes(from)) next[from] = (next[from] + Math.min(bytes, widestGap)) % 2 ** 32;
    },
    fin: (from, at, about) => {
      if (!takes(from)) return;
      send(from, at, { flags: tcpFlags.fin | tcpFlags.ack }, about);
      ended[from] = true;
      acknowledge(from, at);
    },
    reset: (from, at, about) => {
      if (dead) return;
      send(from, at, { flags: tcpFlags.reset | tcpFlags.ack }, about);
      dead = true;
    },
  };
};

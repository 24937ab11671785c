import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import { type Head, opens, requestLine } from '../model/head.js';
import { answerBody, requestBody } from '../wire/body-reader.js';
import { agreedDeflate } from '../wire/extensions.js';
import { parseHead } from '../wire/http-head.js';
import { createBlankStream, createBodyStream, createPlainStream } from './body-stream.js';
import type { Chunk } from './chunks.js';
import { createFramesStream, type Stream } from './frames-stream.js';
import type { Tools } from './sinks.js';

/** What the bytes of one exchange are, direction by direction, as the fold takes them (fold/fold.ts). */
export interface ExchangeStreams {
  /** Any event but `bytes`, as it was recorded. */
  note(event: Event): void;
  push(chunk: Chunk): void;
  finish(): void;
  giveUp(): void;
}

/** Of each direction there may be two: what its sender sent, and what faults made of that. */
type Way = Sender | 'given client' | 'given server';
type Mode = 'frames' | 'undecided' | 'body' | 'plain' | 'blank';

export const createExchangeStreams = (tools: Tools): ExchangeStreams => {
  const heads: { -readonly [Site in 'clientSent' | 'serverGot' | 'serverSent' | 'clientGot']?: Head } = {};
  const streams: { [W in Way]?: { readonly mode: Mode; readonly stream: Stream } } = {};
  /** Directions of which something had crossed before a fault took them in hand: where the frames stand then is not known here. */
  const late = new Set<Sender>();
  const begun = new Set<Sender>();
  /** What the client sent before it was known whether that is frames or a body. */
  let waiting: Chunk[] = [];
  let kind = 'unknown';
  let known = false;
  let open = false;

  /** Asked for with each chunk, and another one only after a head. */
  let modes: { [From in Sender]?: Mode } = {};
  const modeOf = (from: Sender): Mode => {
    modes[from] ??= newMode(from);
    return modes[from];
  };
  const newMode = (from: Sender): Mode => {
    if (!known) return 'blank';
    if (kind === 'http') return 'body';
    if (kind !== 'websocket') return 'plain';
    if (open) {
      // A fault gave the client a 101 where the server had said something else: what follows may be frames or the body of that.
      const contrary = from === 'server' && heads.serverSent !== undefined && !opens(heads.serverSent);
      return contrary ? 'plain' : 'frames';
    }
    return from === 'server' || heads.clientGot ? 'body' : 'undecided';
  };

  const make = (way: Way, mode: Mode): Stream => {
    const from: Sender = way.endsWith('client') ? 'client' : 'server';
    if (mode === 'blank') return createBlankStream(tools);
    if (mode === 'frames') return createFramesStream(tools, { from, deflate: agreedDeflate([heads.clientSent], heads.clientGot) });
    const asked = way === 'client' ? (heads.clientSent ?? heads.serverGot) : (heads.serverGot ?? heads.clientSent);
    const answered = way === 'server' ? (heads.serverSent ?? heads.clientGot) : (heads.clientGot ?? heads.serverSent);
    const head = from === 'client' ? asked : answered;
    if (mode === 'plain' || !head) return createPlainStream(tools);
    const method = heads.clientSent ? requestLine(heads.clientSent).method : 'GET';
    return createBodyStream(tools, { head, reader: from === 'client' ? requestBody(head) : answerBody(head, method) });
  };

  const streamOf = (way: Way, mode: Mode): Stream => {
    let current = streams[way];
    if (current?.mode !== mode) {
      current?.stream.finish();
      current = { mode, stream: make(way, mode) };
      streams[way] = current;
    }
    return current.stream;
  };

  const settle = (mode: Mode): void => {
    const chunks = waiting;
    waiting = [];
    for (const chunk of chunks) {
      streamOf('client', mode).push(chunk);
      chunk.holds--;
    }
  };

  const noteHead = (event: Extract<Event, { type: 'head' }>): void => {
    if (event.informational) return;
    const request = event.site === 'clientSent' || event.site === 'serverGot';
    const head = (event.sameAs && heads[event.sameAs]) ?? parseHead(event.raw ?? '', request ? 'request' : 'response');
    heads[event.site] = head;
    if (event.site !== 'clientGot') return;
    open ||= kind === 'websocket' && opens(head);
    modes = {};
    settle(modeOf('client'));
  };

  return {
    note: (event) => {
      modes = {};
      if (event.type === 'opened') known = true;
      else if (event.type === 'target') kind = event.kind;
      else if (event.type === 'head') noteHead(event);
      else if (event.type === 'detour' && begun.has(event.from)) late.add(event.from);
      else if (event.type === 'bytes-lost') {
        if (modeOf(event.from) === 'undecided') settle('plain');
        streamOf(event.from, modeOf(event.from) === 'undecided' ? 'plain' : modeOf(event.from)).gap(event.bytes, event.resume);
      }
    },
    push: (chunk) => {
      const { from, type } = chunk.event;
      const mode = modeOf(from);
      if (type === 'given') {
        streamOf(`given ${from}`, late.has(from) ? 'blank' : mode === 'undecided' ? 'plain' : mode).push(chunk);
        return;
      }
      begun.add(from);
      if (mode === 'undecided') {
        chunk.holds++;
        waiting.push(chunk);
      } else streamOf(from, mode).push(chunk);
    },
    finish: () => {
      settle('body');
      for (const { stream } of Object.values(streams)) stream.finish();
    },
    giveUp: () => {
      if (waiting.length > 0) settle('blank');
      for (const { stream } of Object.values(streams)) stream.giveUp();
    },
  };
};

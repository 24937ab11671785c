import type { ServerResponse } from 'node:http';
import { type Clock, isoTime } from '../../model/clock.js';
import type { Event } from '../../model/event.js';
import type { Finding } from '../../model/finding.js';
import type { Sender } from '../../model/frame.js';
import { encodeEvent, safeJson } from '../../recording/codec.js';

/** What a reader of the stream wants. */
export interface Wish {
  /** Numbers of events up to this one are known; null: only what comes. */
  readonly since: number | null;
  /** Events of type `bytes` and `given` as well. */
  readonly bytes: boolean;
  /** What is held to be wrong with an exchange, as soon as that can be said. */
  readonly verdicts: boolean;
  /** Whether an exchange's events are wanted. */
  readonly wants: (exchange: string) => boolean;
}

/** The events of this run, for readers of `GET /v1/events`. */
export interface EventHub {
  event(event: Event): void;
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
  /** Tells readers that want verdicts; not kept, and without a number. */
  verdict(exchange: string, findings: () => readonly Finding[]): void;
  stream(response: ServerResponse, wish: Wish): void;
  readonly full: boolean;
  close(): void;
}

/** What is kept for readers that come back: events without payload, the newest. */
const mostKept = 10_000;
const mostKeptCharacters = 8 * 1024 * 1024;
/** Unread, in bytes; what is over it is left out and counted, as `start --json` does. */
const mostUnread = 1024 * 1024;
const mostReaders = 16;
const heartbeatMs = 15_000;
/** Who has taken nothing for so many heartbeats is let go. */
const mostStuck = 4;

interface Kept {
  readonly number: number;
  readonly exchange: string;
  readonly line: string;
}

interface Reader {
  readonly response: ServerResponse;
  readonly wish: Wish;
  leftOut: number;
  /** Heartbeats since it last took something. */
  stuck: number;
}

export const createEventHub = (clock: Clock): EventHub => {
  const readers = new Set<Reader>();
  let kept: Kept[] = [];
  let keptCharacters = 0;
  let number = 0;
  /** The last one that is no longer kept. */
  let gone = 0;
  let timer: NodeJS.Timeout | undefined;

  const keep = (one: Kept): void => {
    kept.push(one);
    keptCharacters += one.line.length;
    if (kept.length <= mostKept && keptCharacters <= mostKeptCharacters) return;
    // A half at a time, so that a full store is not moved for each event.
    const old = kept.slice(0, Math.ceil(kept.length / 2));
    kept = kept.slice(old.length);
    keptCharacters -= old.reduce((sum, { line }) => sum + line.length, 0);
    gone = old.at(-1)?.number ?? gone;
  };

  const notice = (text: string): string => encodeEvent({ at: isoTime(clock.now()), exchange: '', type: 'notice', level: 'warning', text });

  const write = (reader: Reader, id: number | null, line: string): void => {
    const { response } = reader;
    if (response.writableLength > mostUnread) {
      reader.leftOut += 1;
      return;
    }
    if (reader.leftOut > 0) {
      const text = `${reader.leftOut} events were left out here: nobody read them in time. The recording has them.`;
      response.write(`data: ${notice(text)}\n\n`);
      reader.leftOut = 0;
    }
    response.write(`${id === null ? '' : `id: ${id}\n`}data: ${line}\n\n`);
  };

  const wanted = ({ wish }: Reader, exchange: string): boolean => exchange === '' || wish.wants(exchange);

  const beat = (): void => {
    for (const reader of readers) {
      const { response } = reader;
      reader.stuck = response.writableLength > mostUnread ? reader.stuck + 1 : 0;
      if (reader.stuck >= mostStuck) response.destroy();
      else if (reader.stuck === 0) response.write(': still there\n\n');
    }
  };

  const isPayload = ({ type }: Event): boolean => type === 'bytes' || type === 'given';

  return {
    event: (event) => {
      number += 1;
      const payload = isPayload(event);
      if (payload && ![...readers].some(({ wish }) => wish.bytes)) return;
      const line = encodeEvent(event);
      if (!payload) keep({ number, exchange: event.exchange, line });
      for (const reader of readers) {
        if ((!payload || reader.wish.bytes) && wanted(reader, event.exchange)) write(reader, number, line);
      }
    },
    bytes: (exchange, from, chunk, atMs) => {
      number += 1;
      let line: string | undefined;
      for (const reader of readers) {
        if (!reader.wish.bytes || !wanted(reader, exchange)) continue;
        const data = (): string => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('base64');
        line ??= encodeEvent({ at: isoTime(atMs), exchange, type: 'bytes', from, data: data() });
        write(reader, number, line);
      }
    },
    verdict: (exchange, findings) => {
      const listening = [...readers].filter(
        (reader) => reader.wish.verdicts && wanted(reader, exchange) && reader.response.writableLength <= mostUnread,
      );
      if (listening.length === 0) return;
      const said = findings().map(({ code, cause, severity, confidence, title, culprit }) => ({
        ...{ code, cause, severity, confidence, title, culprit },
      }));
      const line = safeJson({ at: isoTime(clock.now()), exchange, type: 'verdict', findings: said });
      for (const { response } of listening) response.write(`event: verdict\ndata: ${line}\n\n`);
    },
    stream: (response, wish) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      response.write(': the events of this run\n\n');
      const reader: Reader = { response, wish, leftOut: 0, stuck: 0 };
      const { since } = wish;
      if (since !== null) {
        if (since > number) write(reader, null, notice('Those events are of another run: what follows is all of this one.'));
        else if (since < gone) write(reader, null, notice('The events before these are no longer kept here. The recording has them.'));
        const from = since > number ? 0 : since;
        // What is kept is bounded, so it is written whatever the reader has taken so far.
        for (const one of kept)
          if (one.number > from && wanted(reader, one.exchange)) response.write(`id: ${one.number}\ndata: ${one.line}\n\n`);
      }
      readers.add(reader);
      timer ??= setInterval(beat, heartbeatMs).unref();
      response.once('close', () => readers.delete(reader));
    },
    get full() {
      return readers.size >= mostReaders;
    },
    close: () => {
      clearInterval(timer);
      for (const { response } of readers) response.end();
    },
  };
};

import { stepsText, unitText } from '../faults/describe-flow.js';
import type { WireMessage } from '../faults/flow.js';
import { knownFrom } from '../faults/known-from.js';
import { compileFilter, type Filter } from '../filter/filter.js';
import { type Clock, isoTime } from '../model/clock.js';
import type { EngineEventBody, EventBody } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import { type AppliedFault, byHand } from '../model/fault-choice.js';
import type { Sender } from '../model/frame.js';
import type { HandMessage, Held, Hold, HoldPlace, HoldSpec, ReleaseReason, Verdict } from '../model/hold.js';
import { Problem } from '../model/problem.js';
import { findHeadEnd, headLimit } from '../wire/http-head.js';

/** Bounds of what waits at one time, so that a forgotten hold costs neither memory nor the traffic for good. */
export const holdLimits = { holds: 100, held: 100, messageBytes: 1024 * 1024, ms: 300_000 } as const;

/** What may be held, and who has to know how it goes on. */
export interface Catchable {
  readonly exchange: string;
  readonly at: HoldPlace;
  readonly from: Sender;
  readonly head: string | null;
  readonly message: WireMessage | null;
  /** Writes to the record of its exchange. */
  readonly emit: (body: EventBody) => void;
  /** Called once, never before `take` has returned. */
  readonly onVerdict: (verdict: Verdict) => void;
}

/** The one place that knows what is to be held and what is held. */
export interface Holds {
  /** Throws a Problem (SHK_USAGE, SHK_STATE). */
  add(spec: HoldSpec): Hold;
  /** Ends a hold, and lets go of what it holds. Throws a Problem (SHK_NOT_FOUND). */
  remove(id: string): void;
  list(): readonly Hold[];
  held(): readonly Held[];
  /** Throws a Problem: SHK_NOT_FOUND, or SHK_USAGE where this cannot be edited so. */
  release(id: string, verdict: Verdict): void;
  /** Whether anything is to be held there at all: all that it costs while nothing is. */
  wants(at: HoldPlace): boolean;
  /** Whether messages of this direction have to be read for it. */
  wantsMessages(exchange: string, from: Sender): boolean;
  /** The id under which it is held from now on; null: it goes on. */
  take(caught: Catchable): string | null;
  /** A peer has gone: that one, or all that an exchange has here, goes on as it was. */
  leave(which: { readonly held: string } | { readonly exchange: string }): void;
  /** Hears after each change of what is to be held; returns the function that ends it. */
  watch(listener: () => void): () => void;
}

export interface HoldsOptions {
  readonly clock: Clock;
  look(exchange: string): Exchange | undefined;
  readonly onChange: (change: Extract<EngineEventBody, { readonly type: 'hold' | 'unhold' }>) => void;
}

interface Entry {
  readonly spec: HoldSpec & { readonly ms: number };
  readonly filter: Filter | null;
  caught: number;
}

interface Waiting {
  readonly held: Held;
  readonly caught: Catchable;
  readonly timer: NodeJS.Timeout;
}

export const createHolds = ({ clock, look, onChange }: HoldsOptions): Holds => {
  const entries = new Map<string, Entry>();
  const waiting = new Map<string, Waiting>();
  const watchers = new Set<() => void>();
  let lastHold = 0;
  let lastHeld = 0;

  const tell = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  const drop = (id: string, why: 'asked' | 'spent'): void => {
    entries.delete(id);
    onChange({ type: 'unhold', hold: id, why });
    tell();
  };

  const settle = (id: string, verdict: Verdict, why: ReleaseReason): void => {
    const found = waiting.get(id);
    if (!found) return;
    waiting.delete(id);
    clearTimeout(found.timer);
    const { caught } = found;
    const change = changeOf(caught, verdict);
    const goesOn = verdict.type === 'drop' || change ? verdict : passed;
    const how = goesOn.type === 'pass' ? 'passed' : goesOn.type === 'drop' ? 'dropped' : 'edited';
    caught.emit({ type: 'released', held: id, how, why });
    if (change) caught.emit({ type: 'fault', fault: change });
    caught.onVerdict(goesOn);
  };

  const fits = ({ spec, filter }: Entry, { exchange, at, from, message }: Catchable): boolean => {
    if (spec.at !== at || (spec.from !== undefined && spec.from !== from)) return false;
    if (!filter) return true;
    const known = look(exchange);
    if (!known) return false;
    const matching = filter.begin({ exchange: known, findings: () => [] });
    if (message) {
      const text = Buffer.from(message.payload).toString(message.type === 'binary' ? 'latin1' : 'utf8');
      matching.message({ from, type: message.type, text, bytes: message.payload.length });
    }
    return matching.result();
  };

  const remarks = (caught: Catchable): string | undefined => {
    if (waiting.size >= holdLimits.held) return `${holdLimits.held} things are held, the most at one time: this one went on`;
    const bytes = caught.message?.payload.length ?? 0;
    return bytes > holdLimits.messageBytes ? `a message of ${bytes} bytes is too long to be held, and went on` : undefined;
  };

  return {
    add: (spec) => {
      const filter = spec.match === undefined ? null : compileFilter(spec.match);
      const trouble = filter ? matchTrouble(filter, spec.at) : undefined;
      if (trouble !== undefined)
        throw new Problem(
          'SHK_USAGE',
          `The match ${JSON.stringify(spec.match)} cannot decide here: ${trouble}.`,
          'Match on what is known by then.',
        );
      if (entries.size >= holdLimits.holds)
        throw new Problem('SHK_STATE', `${holdLimits.holds} holds are in force, the most at one time.`, 'End some of them first.');
      const id = `hold-${++lastHold}`;
      const entry: Entry = { spec: { ...spec, ms: Math.min(spec.ms ?? holdLimits.ms, holdLimits.ms) }, filter, caught: 0 };
      entries.set(id, entry);
      const { at: what, from, match } = spec;
      onChange({ type: 'hold', hold: id, what, ...(from && { from }), ...(match !== undefined && { match }) });
      tell();
      return plain([id, entry]);
    },
    remove: (id) => {
      const mine = [...waiting.values()].filter(({ held }) => held.hold === id);
      if (!entries.has(id) && mine.length === 0)
        throw new Problem('SHK_NOT_FOUND', `There is no hold ${JSON.stringify(id)}.`, 'List the holds for their ids.');
      if (entries.has(id)) drop(id, 'asked');
      for (const { held } of mine) settle(held.id, passed, 'unheld');
    },
    list: () => [...entries].map(plain),
    held: () => [...waiting.values()].map(({ held }) => held),
    release: (id, verdict) => {
      const found = waiting.get(id);
      if (!found)
        throw new Problem(
          'SHK_NOT_FOUND',
          `Nothing is held as ${JSON.stringify(id)}.`,
          'It may have gone on by itself: list what is held.',
        );
      const isHead = found.held.head !== null;
      if (verdict.type === (isHead ? 'edit-message' : 'edit-head'))
        throw new Problem(
          'SHK_USAGE',
          `${JSON.stringify(id)} is ${isHead ? 'a head, and no message' : 'a message, and no head'}.`,
          isHead ? 'Give the new head.' : 'Give the new message.',
        );
      const trouble = verdict.type === 'edit-head' ? headTrouble(found.held.at, verdict.raw) : undefined;
      if (trouble !== undefined)
        throw new Problem(
          'SHK_USAGE',
          `The new head cannot be sent: ${trouble}.`,
          'Change the head that is held, and keep its blank line.',
        );
      settle(id, verdict, 'asked');
    },
    wants: (at) => {
      for (const { spec } of entries.values()) if (spec.at === at) return true;
      return false;
    },
    wantsMessages: (exchange, from) => {
      for (const { spec, filter } of entries.values()) {
        if (spec.at !== 'message' || (spec.from !== undefined && spec.from !== from)) continue;
        if (!filter || filter.asksForMessages) return true;
        const known = look(exchange);
        if (known && filter.begin({ exchange: known, findings: () => [] }).result()) return true;
      }
      return false;
    },
    take: (caught) => {
      const found = [...entries].find(([, entry]) => fits(entry, caught));
      if (!found) return null;
      const [hold, entry] = found;
      const remark = remarks(caught);
      if (remark !== undefined) {
        caught.emit({ type: 'fault-failed', id: byHand, message: remark });
        return null;
      }
      const id = `held-${++lastHeld}`;
      const nowMs = clock.now();
      const { exchange, at, from, head, message } = caught;
      const held: Held = {
        ...{ id, hold, exchange, at, from, head },
        since: isoTime(nowMs),
        until: isoTime(nowMs + entry.spec.ms),
        message: message && { type: message.type, bytes: message.payload },
      };
      const timer = setTimeout(() => settle(id, passed, 'time'), entry.spec.ms);
      waiting.set(id, { held, caught, timer });
      entry.caught += 1;
      caught.emit({ type: 'held', held: id, hold, what: at, from });
      if (entry.spec.times !== undefined && entry.caught >= entry.spec.times) drop(hold, 'spent');
      return id;
    },
    leave: (which) => {
      for (const { held } of [...waiting.values()]) {
        if ('held' in which ? held.id === which.held : held.exchange === which.exchange) settle(held.id, passed, 'left');
      }
    },
    watch: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
};

const passed: Verdict = { type: 'pass' };

const plain = ([id, { spec, caught }]: readonly [string, Entry]): Hold => ({ id, ...spec, caught });

/** Why a filter cannot say what is to be held there; undefined: it can. */
const matchTrouble = (filter: Filter, at: HoldPlace): string | undefined => {
  if (filter.asksForMessages && at !== 'message') return `a ${at} is held before any message comes`;
  for (const name of filter.fields) {
    const from = knownFrom(name);
    if (from === null) return `${name} is not known while the traffic passes`;
    // What is known from the response on (`bytes` of faults) is known when the answer is held.
    const late = at === 'request' ? from === 'bytes' || from === 'message' : at === 'response' && from === 'message';
    if (late) return `${name} is known only later than the ${at}`;
  }
  return undefined;
};

/** Why this text cannot take the place of a head: a peer would wait for the rest of it. */
const headTrouble = (at: HoldPlace, raw: string): string | undefined => {
  if (/[^\0-\xff]/.test(raw)) return 'it has characters that are no bytes; a head is latin1 text';
  const end = findHeadEnd(Buffer.from(raw, 'latin1'));
  if (end === -1) return 'it has no blank line at its end';
  if (end > headLimit) return `it is longer than ${headLimit} bytes`;
  if (at === 'request') return end === raw.length ? undefined : 'something stands behind its blank line';
  return raw.startsWith('HTTP/') ? undefined : 'it does not begin with a status line';
};

const asMessage = ({ type, bytes }: HandMessage): Pick<WireMessage, 'type' | 'payload' | 'number'> => ({ type, payload: bytes, number: 0 });

/** What was done to it, as what a fault did; undefined: nothing. */
const changeOf = ({ at, from, head, message }: Catchable, verdict: Verdict): AppliedFault | undefined => {
  const leg = from === 'client' ? 'server' : 'client';
  const made = (act: string, before: string, after: string): AppliedFault => ({
    ...{ id: byHand, params: { act }, stage: at, leg, before, after },
  });
  const before = head ?? unitText(message);
  if (verdict.type === 'drop') return made('drop', before, 'nothing');
  if (verdict.type === 'edit-head') return verdict.raw === head ? undefined : made('edit', before, verdict.raw);
  if (verdict.type === 'pass' || !message) return undefined;
  const { type, bytes } = verdict.message;
  if (type === message.type && Buffer.from(bytes).equals(message.payload)) return undefined;
  return made('edit', before, stepsText([{ type: 'unit', unit: asMessage(verdict.message) }], message));
};

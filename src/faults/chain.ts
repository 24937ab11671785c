import { sentenceOf } from '../model/problem.js';
import type { FlowFault, FlowStep } from './flow.js';

/** One fault at work in one direction of one exchange. */
export interface Link<Unit> {
  /** The armory's key of the choice. */
  readonly key: string;
  readonly fault: FlowFault<Unit>;
}

/** What a fault did, or that it threw; its own thing to write down. Both are asked for only when they are needed. */
export type Note =
  | { readonly type: 'applied'; readonly key: string; readonly before: unknown; readonly steps: readonly FlowStep<unknown>[] }
  | { readonly type: 'failed'; readonly key: string; readonly message: string };

/** The faults of one stage in one direction, each working on what the one before it left. */
export interface Chain<Unit> {
  readonly busy: boolean;
  push(unit: Unit, nowMs: number, atMs?: number): void;
  wakeAt(): number | null;
  wake(nowMs: number): void;
  /** The sender said FIN. `carried`: it goes on, not before `atMs`; else a fault took it away. */
  end(nowMs: number, atMs?: number): Carried;
  /** Links that stay keep their place among the new ones; one that threw does not come back. What those that go held back goes on. */
  use(links: readonly Link<Unit>[], nowMs: number): void;
  /** What all of them hold back goes on. */
  release(nowMs: number): void;
  /** Bytes that they hold back. */
  held(): number;
}

export interface Carried {
  readonly carried: boolean;
  readonly atMs?: number;
}

export interface ChainPorts<Unit> {
  readonly out: (step: FlowStep<Unit>) => void;
  readonly onNote: (note: Note) => void;
}

const later = (one: number | undefined, other: number | undefined): { readonly atMs?: number } => {
  const atMs = Math.max(one ?? 0, other ?? 0);
  return atMs === 0 ? {} : { atMs };
};

export const createChain = <Unit>({ out, onNote }: ChainPorts<Unit>): Chain<Unit> => {
  let links: readonly Link<Unit>[] = [];
  const broken = new Set<string>();

  /** A fault that throws is out of the chain, and what it was given goes on. */
  const ask = <T>(link: Link<Unit>, question: () => T): T | undefined => {
    if (broken.has(link.key)) return undefined;
    try {
      return question();
    } catch (thrown) {
      broken.add(link.key);
      links = links.filter((other) => other !== link);
      onNote({ type: 'failed', key: link.key, message: sentenceOf(thrown) });
      return undefined;
    }
  };

  const deliver = (
    steps: readonly FlowStep<Unit>[],
    behind: readonly Link<Unit>[],
    at: { readonly nowMs: number; readonly atMs?: number | undefined },
  ): void => {
    for (const step of steps) {
      const time = later(at.atMs, step.atMs);
      if (step.type === 'unit') run(behind, step.unit, { ...time, nowMs: at.nowMs });
      else out({ ...step, ...time });
    }
  };

  const run = (through: readonly Link<Unit>[], unit: Unit, at: { readonly nowMs: number; readonly atMs?: number | undefined }): void => {
    for (const [index, link] of through.entries()) {
      const steps = ask(link, () => link.fault.push(unit, Math.max(at.nowMs, at.atMs ?? 0)));
      if (steps === undefined) continue;
      // A note may change what is armed: who comes behind is decided before.
      const behind = through.slice(index + 1);
      onNote({ type: 'applied', key: link.key, before: unit, steps });
      deliver(steps, behind, at);
      return;
    }
    out({ type: 'unit', unit, ...later(at.atMs, undefined) });
  };

  const releaseOf = (link: Link<Unit>, nowMs: number): readonly FlowStep<Unit>[] =>
    ask(link, () => link.fault.release?.(nowMs) ?? []) ?? [];

  const wakeOf = (link: Link<Unit>): number | null => ask(link, () => link.fault.wakeAt?.() ?? null) ?? null;

  return {
    get busy() {
      return links.length > 0;
    },
    push: (unit, nowMs, atMs) => run(links, unit, { nowMs, atMs }),
    wakeAt: () => {
      const times = links.map(wakeOf).filter((time) => time !== null);
      return times.length === 0 ? null : Math.min(...times);
    },
    wake: (nowMs) => {
      const all = links;
      for (const [index, link] of all.entries()) {
        const due = wakeOf(link);
        if (due === null || due > nowMs) continue;
        const behind = all.slice(index + 1);
        const steps = ask(link, () => link.fault.wake?.(nowMs) ?? []) ?? [];
        if (steps.length > 0) onNote({ type: 'applied', key: link.key, before: null, steps });
        deliver(steps, behind, { nowMs });
      }
    },
    end: (nowMs, atMs) => {
      let time = later(atMs, undefined);
      const all = links;
      for (const [index, link] of all.entries()) {
        const behind = all.slice(index + 1);
        const steps = ask(link, () => endOf(link.fault, Math.max(nowMs, time.atMs ?? 0)));
        if (steps === undefined) continue;
        onNote({ type: 'applied', key: link.key, before: null, steps });
        const [last] = steps.slice(-1);
        const carried = last?.type === 'end' && last.how === 'fin';
        deliver(carried ? steps.slice(0, -1) : steps, behind, { nowMs });
        if (!carried) return { carried: false };
        time = later(time.atMs, last.atMs);
      }
      return { carried: true, ...time };
    },
    use: (next, nowMs) => {
      const before = links;
      const kept = new Map(before.map((link) => [link.key, link]));
      links = next.filter(({ key }) => !broken.has(key)).map((link) => kept.get(link.key) ?? link);
      for (const [index, link] of before.entries()) {
        if (links.includes(link)) continue;
        const behind = before.slice(index + 1).filter((other) => links.includes(other));
        deliver(releaseOf(link, nowMs), behind, { nowMs });
      }
      // A key is never given twice: what is no longer armed need not be remembered.
      for (const key of broken) if (!next.some((link) => link.key === key)) broken.delete(key);
    },
    release: (nowMs) => {
      const all = links;
      for (const [index, link] of all.entries()) deliver(releaseOf(link, nowMs), all.slice(index + 1), { nowMs });
    },
    held: () => links.reduce((sum, { fault }) => sum + (fault.held?.() ?? 0), 0),
  };
};

const endOf = <Unit>(fault: FlowFault<Unit>, nowMs: number): readonly FlowStep<Unit>[] | undefined => {
  if (fault.end) return fault.end(nowMs);
  const steps = fault.release?.(nowMs) ?? [];
  return steps.length === 0 ? undefined : [...steps, { type: 'end', how: 'fin' }];
};

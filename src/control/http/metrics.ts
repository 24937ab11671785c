import type { Event, ExchangeKind } from '../../model/event.js';
import type { Outcome } from '../../model/exchange.js';
import type { Sender } from '../../model/frame.js';
import type { Control } from '../control.js';

/** Counts what happens, for `GET /v1/metrics`. Labels are words of ours alone: nothing that was captured gets into one. */
export interface Counts {
  event(event: Event): void;
  /** How an exchange stood when it ended. */
  ended(kind: ExchangeKind, outcome: Outcome): void;
  text(control: Control): Promise<string>;
}

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** Kinds of faults that are counted one by one; more than the catalogue has. */
const mostFaults = 1000;

export const createCounts = (): Counts => {
  const begun = { now: 0, ever: 0 };
  const ends = new Map<string, { readonly kind: string; readonly outcome: string; count: number }>();
  const faults = new Map<string, number>();
  const bytes: Record<Sender, { in: number; out: number }> = { client: { in: 0, out: 0 }, server: { in: 0, out: 0 } };
  const lost = { bytes: 0, faults: 0 };

  return {
    event: (event) => {
      if (event.type === 'opened') {
        begun.now += 1;
        begun.ever += 1;
      } else if (event.type === 'fault') {
        const { id } = event.fault;
        if (faults.has(id) || faults.size < mostFaults) faults.set(id, (faults.get(id) ?? 0) + 1);
      } else if (event.type === 'fault-failed') lost.faults += 1;
      else if (event.type === 'bytes-lost') lost.bytes += event.bytes;
      else if (event.type === 'closed') {
        begun.now -= 1;
        for (const leg of ['client', 'server'] as const) {
          bytes[leg].in += event[leg]?.in ?? 0;
          bytes[leg].out += event[leg]?.out ?? 0;
        }
      }
    },
    ended: (kind, outcome) => {
      const key = `${kind} ${outcome}`;
      const known = ends.get(key) ?? { kind, outcome, count: 0 };
      known.count += 1;
      ends.set(key, known);
    },
    text: async (control) => {
      const [armed, { holds, held }] = await Promise.all([control.armed(), control.holds()]);
      const memory = process.memoryUsage();
      const one = (value: number): Metric['samples'] => [[{}, value]];
      return written([
        { name: 'shakedown_exchanges_started_total', type: 'counter', help: 'Exchanges that began.', samples: one(begun.ever) },
        {
          name: 'shakedown_exchanges_total',
          type: 'counter',
          help: 'Exchanges that ended, by kind and outcome.',
          samples: [...ends.values()].map(({ kind, outcome, count }) => [{ kind, outcome }, count]),
        },
        { name: 'shakedown_exchanges_open', type: 'gauge', help: 'Exchanges that have not ended.', samples: one(begun.now) },
        {
          name: 'shakedown_faults_applied_total',
          type: 'counter',
          help: 'Changes that faults made, by fault; by-hand is what somebody did by hand.',
          samples: [...faults].map(([fault, count]) => [{ fault }, count]),
        },
        { name: 'shakedown_faults_failed_total', type: 'counter', help: 'Faults that could not be applied.', samples: one(lost.faults) },
        { name: 'shakedown_faults_armed', type: 'gauge', help: 'Faults that are armed.', samples: one(armed.length) },
        {
          name: 'shakedown_bytes_total',
          type: 'counter',
          help: 'Bytes of ended exchanges, read from and written to the peer of each leg, TLS removed.',
          samples: (['client', 'server'] as const).flatMap((leg) =>
            (['in', 'out'] as const).map((direction) => [{ leg, direction }, bytes[leg][direction]] as const),
          ),
        },
        {
          name: 'shakedown_bytes_lost_total',
          type: 'counter',
          help: 'Payload bytes that the recording could not keep.',
          samples: one(lost.bytes),
        },
        { name: 'shakedown_holds', type: 'gauge', help: 'Holds that are in force.', samples: one(holds.length) },
        { name: 'shakedown_held', type: 'gauge', help: 'Heads and messages that wait to be let go.', samples: one(held.length) },
        { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Memory of the process.', samples: one(memory.rss) },
        { name: 'process_heap_bytes', type: 'gauge', help: 'Heap of the engine in use.', samples: one(memory.heapUsed) },
        {
          name: 'process_start_time_seconds',
          type: 'gauge',
          help: 'When the process started, in seconds since the epoch.',
          samples: one(Math.round(performance.timeOrigin / 1000)),
        },
      ]);
    },
  };
};

/** Text format 0.0.4 of Prometheus. */
const written = (metrics: readonly Metric[]): string =>
  metrics
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
    ])
    .join('\n')
    .concat('\n');

const labelText = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

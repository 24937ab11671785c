import type { Event } from '../model/event.js';
import type { Timings } from '../model/leg.js';

type Phase = keyof Timings;
interface Watch {
  readonly leg: 'client' | 'server';
  readonly phase: Phase;
}

const starts = (event: Event): readonly Watch[] => {
  switch (event.type) {
    case 'opened':
      return [
        { leg: 'client', phase: 'request' },
        { leg: 'client', phase: 'total' },
      ];
    case 'dial':
      return [
        { leg: 'server', phase: 'dns' },
        { leg: 'server', phase: 'total' },
      ];
    case 'resolved':
      return [{ leg: 'server', phase: 'connect' }];
    case 'dialled':
      return [{ leg: 'server', phase: 'proxy' }];
    case 'tls-start':
      return [{ leg: event.leg, phase: 'tls' }];
    case 'head':
      if (event.site === 'clientSent') return [{ leg: 'client', phase: 'response' }];
      return event.site === 'serverGot' ? [{ leg: 'server', phase: 'response' }] : [];
    default:
      return [];
  }
};

const stops = (event: Event): readonly Watch[] => {
  switch (event.type) {
    case 'resolved':
      return [{ leg: 'server', phase: 'dns' }];
    case 'dialled':
      return [{ leg: 'server', phase: 'connect' }];
    case 'dial-failed':
      return [{ leg: 'server', phase: event.failure.attempts.length > 0 ? 'connect' : 'dns' }];
    case 'upstream-reply':
      return [{ leg: 'server', phase: 'proxy' }];
    case 'tls':
    case 'tls-failed':
      return [{ leg: event.leg, phase: 'tls' }];
    case 'head':
      if (event.informational) return [];
      if (event.site === 'clientSent') return [{ leg: 'client', phase: 'request' }];
      if (event.site === 'serverSent') return [{ leg: 'server', phase: 'response' }];
      return event.site === 'clientGot' ? [{ leg: 'client', phase: 'response' }] : [];
    case 'closed':
      return [
        { leg: 'client', phase: 'total' },
        { leg: 'server', phase: 'total' },
      ];
    default:
      return [];
  }
};

/** Three digits behind the point, as people write them: a sum of whole and fraction would show its last bit. */
const inMicros = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * Measures the phases of both legs from the times of the events: how long each took, and how long after the first event it began.
 * Milliseconds, three digits behind the point.
 */
export const createStopwatch = () => {
  const began = new Map<string, number>();
  const timings: { client: Timings; server: Timings } = { client: {}, server: {} };
  const starting: { client: Timings; server: Timings } = { client: {}, server: {} };
  let zero: number | null = null;
  return {
    timings,
    starting,
    note(event: Event, atMs: number): void {
      zero ??= atMs;
      for (const { leg, phase } of stops(event)) {
        const start = began.get(leg + phase);
        if (start === undefined || timings[leg][phase] !== undefined) continue;
        timings[leg] = { ...timings[leg], [phase]: inMicros(atMs - start) };
      }
      for (const { leg, phase } of starts(event)) {
        if (began.has(leg + phase)) continue;
        began.set(leg + phase, atMs);
        starting[leg] = { ...starting[leg], [phase]: inMicros(atMs - zero) };
      }
    },
  };
};

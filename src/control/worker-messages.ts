import type { Event } from '../model/event.js';
import type { EngineInfo } from './control.js';

/** What crosses the port between a view and an engine in a worker. */
export type ToEngine = { readonly type: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] };
export type FromEngine =
  | { readonly type: 'started'; readonly info: EngineInfo }
  | { readonly type: 'failed'; readonly problem: CarriedProblem }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly problem: CarriedProblem }
  | { readonly type: 'event'; readonly event: Event };

/** Methods that are one question and one answer; `subscribe` is carried as events. */
export const methods = [
  ...(['info', 'version', 'rows', 'detail', 'messages', 'message', 'searchMessages', 'curl'] as const),
  ...(['armed', 'arm', 'disarm', 'disarmAll', 'rules', 'replaceRules', 'replay', 'stop'] as const),
  ...(['inject', 'close', 'kill', 'holds', 'hold', 'unhold', 'release'] as const),
] as const;
export type Method = (typeof methods)[number];

/** A Problem loses its class on a port, so its parts travel. */
export interface CarriedProblem {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

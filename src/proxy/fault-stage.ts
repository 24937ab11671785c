import { applyFaults, type Ground, type PointStage } from '../faults/apply.js';
import type { StageTypes } from '../faults/fault.js';
import type { Exchange } from '../model/exchange.js';
import { type Head, statusLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import type { River } from './river.js';
import type { Tap } from './tap.js';

/** Applies what is armed for one stage of one exchange, and records it. Undefined: nothing changes. */
export const faultStage = <S extends PointStage>(
  river: River,
  tap: Tap,
  at: {
    readonly stage: S;
    readonly input: StageTypes[S]['input'];
    readonly target: Target;
    readonly grounds?: readonly Ground[];
  },
): StageTypes[S]['output'] | undefined => {
  const { ordinal } = tap;
  const look = () => seenAt(at.stage, at.input, river.look(tap.id));
  const draws = river.armory.forStage(at.stage, { ordinal, look });
  if (draws.length === 0) return undefined;
  const request = look()?.heads.clientSent ?? undefined;
  const { output, applied, failed } = applyFaults(at.stage, at.input, { draws, request, ordinal, ...at });
  for (const { key, record } of applied) {
    tap.emit({ type: 'fault', fault: record });
    river.armory.noteApplied(key, ordinal);
  }
  for (const { id, message } of failed) tap.emit({ type: 'fault-failed', id, message });
  return output;
};

/** What faults make of the answer to a plain HTTP request; undefined: nothing. */
export const httpAnswer = (
  river: River,
  tap: Tap,
  { answer, target }: { readonly answer: Head; readonly target: Target },
): Head | undefined => {
  const output = faultStage(river, tap, { stage: 'http-response', input: answer, target });
  return output && parseHead(output.raw, 'response');
};

/** A match for stage response decides by the answer, which is on record only when it has gone on, changed or not. */
const seenAt = (stage: PointStage, input: unknown, exchange: Exchange | undefined): Exchange | undefined => {
  if (!(stage === 'response' || stage === 'http-response') || !exchange) return exchange;
  const serverSent = input as Head;
  return { ...exchange, status: statusLine(serverSent).status, heads: { ...exchange.heads, serverSent } };
};

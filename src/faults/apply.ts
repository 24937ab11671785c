import type { AppliedFault } from '../model/fault-choice.js';
import { sentenceOf } from '../model/problem.js';
import type { Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import type { Draw } from './armory.js';
import type { Fault, ParamSpecs, ServedStage, StageTypes, ValuesOf } from './fault.js';

type Input<S extends ServedStage> = StageTypes[S]['input'];
type Output<S extends ServedStage> = StageTypes[S]['output'];

/** What the faults of one stage made of its input. */
export interface StageResult<S extends ServedStage> {
  /** Undefined: nothing changed, the traffic goes on as it is. */
  readonly output: Output<S> | undefined;
  /** In order; `key` is for the armory's `noteApplied`. */
  readonly applied: readonly { readonly key: string; readonly record: AppliedFault }[];
  /** Faults that threw; the traffic goes on without them. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

/** How the faults of a stage follow each other, and how its input and output are written down. */
interface Handling<S extends ServedStage> {
  readonly next: (input: Input<S>, output: Output<S>) => Input<S>;
  readonly before: (input: Input<S>) => string;
  readonly after: (output: Output<S>) => string;
}

const handlings: { readonly [S in ServedStage]: Handling<S> } = {
  // One certificate can be shown only, so the last fault wins; each is on record with what it replaced.
  'client-tls': {
    next: (input) => input,
    before: () => 'the certificate that is due',
    after: ({ recipe }) => `a certificate by the recipe ${recipe}`,
  },
  request: {
    next: (_, { raw }) => parseHead(raw, 'request'),
    before: ({ raw }) => raw,
    after: ({ raw }) => raw,
  },
  response: {
    next: (_, { raw }) => parseHead(raw, 'response'),
    before: ({ raw }) => raw,
    after: ({ raw, body = '', holdMs = 0 }) =>
      `${holdMs > 0 ? `held back ${holdMs === Number.POSITIVE_INFINITY ? 'for ever' : `for ${holdMs} ms`}\n` : ''}${raw}${body}`,
  },
};

/** Applies the drawn faults of one stage in their order, each to what the one before it left. Never throws for what a fault does. */
export const applyFaults = <S extends ServedStage>(
  stage: S,
  input: Input<S>,
  { draws, target }: { readonly draws: readonly Draw[]; readonly target: Target },
): StageResult<S> => {
  const handling: Handling<S> = handlings[stage];
  const applied: { key: string; record: AppliedFault }[] = [];
  const failed: { id: string; message: string }[] = [];
  let current = input;
  let output: Output<S> | undefined;
  for (const { choice, fault, random } of draws) {
    const { id, leg } = fault;
    try {
      // The stage was matched by the armory, the values by `checkParams`: the catalogue has forgotten both types.
      const made = (fault as Fault<S>).apply(current, choice.params as ValuesOf<ParamSpecs>, { target, random });
      if (made === undefined) continue;
      const before = output === undefined ? handling.before(current) : handling.after(output);
      const after = handling.after(made);
      if (after === before) continue;
      current = handling.next(current, made);
      output = { ...output, ...made };
      applied.push({ key: choice.key, record: { id, params: choice.params, stage, leg, before, after } });
    } catch (thrown) {
      failed.push({ id, message: sentenceOf(thrown) });
    }
  }
  return { output, applied, failed };
};

import type { AppliedFault, ParamValues } from '../model/fault-choice.js';
import type { Head } from '../model/head.js';
import { sentenceOf } from '../model/problem.js';
import type { Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import type { Draw } from './armory.js';
import type { AcceptChange, ClientTlsChange, Delivery, DialChange, Http2Change, ServerTlsChange } from './changes.js';
import { acceptText, deliveryText, factsText } from './describe.js';
import type { Fault, ServedStage, StageTypes } from './fault.js';
import type { ParamSpecs, ValuesOf } from './param-spec.js';

/** Stages that a connection passes once. The others are directions, see flows.ts. */
export type PointStage = Exclude<ServedStage, 'message' | 'frame' | 'close' | 'bytes'>;
type Input<S extends PointStage> = StageTypes[S]['input'];
type Output<S extends PointStage> = StageTypes[S]['output'];

/** What the faults of one stage made of its input. */
export interface StageResult<S extends PointStage> {
  /** Undefined: nothing changed, the traffic goes on as it is. */
  readonly output: Output<S> | undefined;
  /** In order; `key` is for the armory's `noteApplied`. */
  readonly applied: readonly { readonly key: string; readonly record: AppliedFault }[];
  /** Faults that threw, or cannot work on this exchange; the traffic goes on without them. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

/** How the faults of a stage follow each other, and how its input and output are written down. */
interface Handling<S extends PointStage> {
  readonly next: (input: Input<S>, output: Output<S>) => Input<S>;
  readonly before: (input: Input<S>) => string;
  readonly after: (output: Output<S>) => string;
}

const same = <T>(input: T): T => input;
const reparsed =
  (kind: 'request' | 'response') =>
  (_: unknown, { raw }: Delivery) =>
    parseHead(raw, kind);
const rawOf = ({ raw }: { readonly raw: string }): string => raw;

// Where two faults decide the same thing, the last one wins; each is on record with what it replaced.
const handlings: { readonly [S in PointStage]: Handling<S> } = {
  accept: { next: same, before: () => 'a connection that is taken', after: (output: AcceptChange) => acceptText(output) },
  entrance: {
    next: (input, { raw }) => ({ ...input, reply: raw }),
    before: ({ reply }) => reply,
    after: deliveryText,
  },
  'client-tls': {
    next: same,
    before: () => 'the certificate that is due',
    after: ({ recipe, ...rest }: ClientTlsChange) =>
      [recipe === undefined ? '' : `a certificate by the recipe ${recipe}`, factsText(rest)].filter((text) => text !== '').join('; '),
  },
  dial: {
    next: (input, { place }) => place ?? input,
    before: ({ host, port }) => `${host}:${port}`,
    after: (output: DialChange) => factsText(output),
  },
  'server-tls': {
    next: (input, { secure = input.secure, sni = input.sni, alpn = input.alpn }) => ({ ...input, secure, sni, alpn }),
    before: ({ secure, sni, alpn }) => (secure ? `TLS; sni: ${sni ?? 'none'}; alpn: ${alpn.join(', ') || 'none'}` : 'no TLS'),
    after: (output: ServerTlsChange) => factsText(output),
  },
  http2: {
    next: same,
    before: ({ event, stream }) => (event === 'settings' ? 'the SETTINGS of the server' : `stream ${stream}`),
    after: (output: Http2Change) => factsText(output),
  },
  request: { next: reparsed('request'), before: rawOf, after: deliveryText },
  response: { next: reparsed('response'), before: rawOf, after: deliveryText },
  'http-response': { next: (_, { raw }) => parseHead(raw, 'response'), before: rawOf, after: rawOf },
};

/** Where a fault works, for those that do not work everywhere. */
export type Ground = 'http/1.1' | 'h2' | 'connect' | 'socks' | 'tls';

export interface StageSetting {
  readonly draws: readonly Draw[];
  readonly target: Target;
  /** What the client asked, once it has. */
  readonly request?: Head | undefined;
  /** What this exchange is, as far as faults ask. */
  readonly grounds?: readonly Ground[];
  /** Counts exchanges from 1. */
  readonly ordinal?: number;
}

/** Why a fault cannot work here; undefined: it can. */
export const groundTrouble = ({ only }: Fault, grounds: readonly Ground[] | undefined): string | undefined =>
  only === undefined || grounds === undefined || grounds.includes(only)
    ? undefined
    : `it works on ${groundNames[only]} only, and this exchange is ${grounds.map((ground) => groundNames[ground]).join(' and ')}`;

export const groundNames: Readonly<Record<Ground, string>> = {
  'http/1.1': 'HTTP/1.1',
  h2: 'HTTP/2',
  connect: 'CONNECT',
  socks: 'SOCKS',
  tls: 'TLS',
};

/** The leg whose peer sees it. */
export const legOf = ({ leg }: Fault, { from }: ParamValues): AppliedFault['leg'] =>
  leg !== 'both' ? leg : from === 'client' ? 'server' : 'client';

/** Applies the drawn faults of one stage in their order, each to what the one before it left. Never throws for what a fault does. */
export const applyFaults = <S extends PointStage>(
  stage: S,
  input: Input<S>,
  { draws, target, request, grounds, ordinal = 0 }: StageSetting,
): StageResult<S> => {
  const handling: Handling<S> = handlings[stage];
  const applied: { key: string; record: AppliedFault }[] = [];
  const failed: { id: string; message: string }[] = [];
  let current = input;
  let output: Output<S> | undefined;
  for (const { choice, fault, random } of draws) {
    const { id } = fault;
    const { params } = choice;
    const trouble = groundTrouble(fault, grounds);
    if (trouble !== undefined) {
      failed.push({ id, message: trouble });
      continue;
    }
    try {
      const context = { target, random, ordinal, ...(request && { request }) };
      // The stage was matched by the armory, the values by `checkParams`: the catalogue has forgotten both types.
      const made = (fault as unknown as Fault<S>).apply(current, params as ValuesOf<ParamSpecs>, context) as Output<S> | undefined;
      if (made === undefined) continue;
      const before = output === undefined ? handling.before(current) : handling.after(output);
      const merged: Output<S> = { ...output, ...made };
      const after = handling.after(merged);
      if (after === before) continue;
      current = handling.next(current, made);
      output = merged;
      applied.push({ key: choice.key, record: { id, params, stage, leg: legOf(fault, params), before, after } });
    } catch (thrown) {
      failed.push({ id, message: sentenceOf(thrown) });
    }
  }
  return { output, applied, failed };
};

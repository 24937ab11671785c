import { isolate } from '../diagnosis/trials/isolate.js';
import { didOpen, statusOf, type Trial } from '../diagnosis/trials/trial.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { Ask } from './ask.js';
import { attempt, type Patience, type ProbeWorld } from './attempt.js';
import type { Variant } from './experiments/experiment.js';
import { experiments } from './experiments/experiments.js';

/** What doctor found out. */
export interface Investigation {
  readonly first: Exchange;
  readonly findings: readonly Finding[];
  readonly trials: readonly (Trial & { readonly ms: number })[];
}

/** What is to be heard of while it goes on. */
export interface Progress {
  began(title: string | null): void;
  ended(title: string | null, exchange: Exchange): void;
  /** The port from which an attempt enters the engine. */
  enters(localPort: number): void;
}

export interface Means {
  readonly world: ProbeWorld;
  /** The same without the proxy; absent where there is none. */
  readonly direct?: ProbeWorld;
  readonly findingsOf: (exchange: Exchange) => readonly Finding[];
  readonly agent: string;
  /** Milliseconds that grow. */
  readonly now: () => number;
  readonly progress: Progress;
}

export interface Bounds {
  /** For everything, milliseconds. */
  readonly timeoutMs: number;
  readonly holdMs: number;
}

/** The most experiments of one investigation: a server that is ill is not asked for ever. */
export const mostTrials = 14;
/** For one experiment, milliseconds. */
const trialMs = 2000;
/** An experiment is not watched: whether it opens is all that is asked. */
const trialHoldMs = 60;
/** A server that answers is asked for no longer than this, milliseconds: somebody waits for a word. */
const answeredMs = 3800;
/** What the first attempt may take of the time until it is answered: the rest is for finding out why it was not. */
const firstShare = 0.6;
/** From here on a cause is isolated. */
const sure = 0.95;

/** One attempt and, where it failed, experiments with one change each, until the cause is isolated or time is up. One connection at a time. */
export const investigate = async (ask: Ask, { timeoutMs, holdMs }: Bounds, means: Means): Promise<Investigation> => {
  const { findingsOf, now, progress, agent } = means;
  const beganMs = now();
  const lastMs = beganMs + timeoutMs;
  const run = async (
    { ask: asked, title }: Variant | { readonly ask: Ask; readonly title: null },
    patience: Pick<Patience, 'holdMs' | 'timeoutMs' | 'answerMs'>,
  ) => {
    const world = asked.direct ? (means.direct ?? means.world) : means.world;
    progress.began(title);
    const exchange = await attempt(asked, world, { ...patience, agent, enters: progress.enters });
    progress.ended(title, exchange);
    return exchange;
  };
  const first = await run({ ask, title: null }, { holdMs, timeoutMs, answerMs: answerMsOf({ timeoutMs, holdMs }) });
  const endMs = statusOf(first) === 0 ? lastMs : Math.min(lastMs, Math.max(beganMs + answeredMs, now()));
  const own = findingsOf(first);
  const trials: (Trial & { ms: number })[] = [];
  const conclude = (): readonly Finding[] => isolate({ first, findings: own, trials, holdMs });
  let findings = conclude();
  if (isHealthy(first, own)) return { first, findings, trials };
  const isIsolated = (): boolean => trials.some(({ exchange }) => didOpen(exchange)) && (findings[0]?.confidence ?? 0) >= sure;
  for (const { id, variants } of experiments) {
    for (const variant of variants({ ask, first, findings, trials })) {
      const left = endMs - now();
      if (isIsolated() || trials.length >= mostTrials || left < 100) return { first, findings, trials };
      const trialBeganMs = now();
      const exchange = await run(variant, { holdMs: trialHoldMs, timeoutMs: Math.round(Math.min(trialMs, left)) });
      trials.push({ id, title: variant.title, exchange, ms: now() - trialBeganMs });
      findings = conclude();
    }
  }
  return { first, findings, trials };
};

/** So that what follows an answer, the watching and the Close, has its time, too. */
const answerMsOf = ({ timeoutMs, holdMs }: Bounds): number =>
  Math.round(Math.max(timeoutMs / 2, Math.min(timeoutMs * firstShare, timeoutMs - holdMs - 800)));

const isHealthy = (first: Exchange, findings: readonly Finding[]): boolean =>
  didOpen(first) && findings.every(({ severity }) => severity !== 'error');

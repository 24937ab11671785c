import { isolate } from '../diagnosis/trials/isolate.js';
import { asAsked, didOpen, statusOf, type Trial } from '../diagnosis/trials/trial.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { Ask, Way } from './ask.js';
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
  /** The engine that goes that way; null: as the user asked for it. */
  readonly world: (way: Way | null) => Promise<ProbeWorld>;
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
/** What an answer may need on a slow way, milliseconds, where there is so much left. */
const leastMs = 300;
/** An experiment is not watched: whether it opens is all that is asked. */
const trialHoldMs = 60;
/** From here on a cause is isolated. */
const sure = 0.95;
/** A server that answers is asked for no longer than this, milliseconds, watching apart: somebody waits for a word. */
const answeredMs = 3600;
/** So much longer where something has opened, milliseconds: proof is worth waiting for. */
const proofMs = 1200;
/** What the first attempt may take of the time until it is answered: the rest is for finding out why it was not. */
const firstShare = 0.55;

/** One attempt and, where it failed, experiments with one change each, until the cause is isolated or time is up. One connection at a time. */
export const investigate = async (ask: Ask, { timeoutMs, holdMs }: Bounds, means: Means): Promise<Investigation> => {
  const { findingsOf, now, progress, agent } = means;
  const beganMs = now();
  const lastMs = beganMs + timeoutMs;
  const run = async (asked: Ask, title: string | null, patience: Omit<Patience, 'enters'>): Promise<Exchange> => {
    progress.began(title);
    const exchange = await attempt(asked, await means.world(asked.way), { ...patience, agent, enters: progress.enters });
    progress.ended(title, exchange);
    return exchange;
  };
  const first = await run(ask, null, { holdMs, timeoutMs, answerMs: answerMsOf({ timeoutMs, holdMs }) });
  const endMs = statusOf(first) === 0 ? lastMs : Math.min(lastMs, beganMs + answeredMs + (didOpen(first) ? 2 * holdMs : 0));
  const provenMs = Math.min(lastMs, endMs + proofMs);
  const own = findingsOf(first);
  const trials: (Trial & { ms: number })[] = [];
  const conclude = (): readonly Finding[] => isolate({ first, findings: own, trials, holdMs });
  let findings = conclude();
  const isOver = (): boolean => isIsolated(findings) || trials.length >= mostTrials || endMs - now() < 100;
  if (isHealthy(first, findings)) return { first, findings, trials };
  const once = async (asked: Ask, { id, title }: Pick<Trial, 'id' | 'title'>): Promise<Exchange> => {
    const sinceMs = now();
    const timeoutMs = Math.round(Math.max(leastMs, Math.min(trialMs, provenMs - sinceMs)));
    const exchange = await run(asked, title, { holdMs: trialHoldMs, timeoutMs });
    trials.push({ id, title, exchange, ms: now() - sinceMs });
    return exchange;
  };
  /** What gets no answer takes all the time that there is. */
  const cannotRepeat = (): boolean => statusOf(first) === 0 || trials.length >= mostTrials || provenMs - now() < leastMs;
  /** Twice: of two servers behind a balancer that takes turns, every second attempt meets the one that is well. */
  const failsStill = async (): Promise<boolean> => {
    const second = await once(ask, { id: asAsked, title: 'as asked, once more' });
    if (didOpen(second)) return false;
    return cannotRepeat() || !didOpen(await once(ask, { id: asAsked, title: 'as asked, a third time' }));
  };
  /** What opens once and not again is chance: one of several processes, a limit that is just reached. Then it is a trial that failed. */
  const opensAgain = async (id: string, { ask: asked, title }: Variant, opened: Exchange): Promise<boolean> => {
    if (cannotRepeat() || didOpen(await once(asked, { id: `${id}-again`, title: `${title}, once more` }))) return true;
    const at = trials.findIndex(({ exchange }) => exchange === opened);
    trials.push(...trials.splice(at, 1).map((trial) => ({ ...trial, id: `${id}-by-chance` })));
    return false;
  };
  const hasPassed = (): boolean => trials.some(({ id, exchange }) => id === asAsked && didOpen(exchange));
  let proven = false;
  for (const { id, variants } of experiments) {
    for (const variant of variants({ ask, first, findings, trials, holdMs })) {
      if (isOver()) return { first, findings, trials };
      // An engine that has to be started first takes of the time that is left.
      await means.world(variant.ask.way);
      if (isOver()) return { first, findings, trials };
      const left = endMs - now();
      const trialBeganMs = now();
      const { hold = trialHoldMs, pingAtMs } = variant;
      // One that gets no answer leaves time for the next.
      const within = Math.round(Math.min(trialMs + hold, Math.max(left / 2, Math.min(left, hold + leastMs))));
      const exchange = await run(variant.ask, variant.title, {
        holdMs: hold,
        timeoutMs: within,
        ...(pingAtMs !== undefined && { pingAtMs }),
      });
      trials.push({ id, title: variant.title, exchange, ms: now() - trialBeganMs });
      // What opens now proves something only if the first attempt would still fail: servers start, limits pass, proxies wake up.
      if (!didOpen(first) && didOpen(exchange) && !proven) {
        proven = (await failsStill()) && (await opensAgain(id, variant, exchange));
        if (hasPassed()) return { first, findings: conclude(), trials };
        if (!proven) {
          findings = conclude();
          continue;
        }
      }
      findings = conclude();
      // Its question is answered: what else would open is nobody's business.
      if (!didOpen(first) && didOpen(exchange)) break;
    }
  }
  return { first, findings, trials };
};

/** So that what follows an answer, the watching and the Close, has its time, too. */
const answerMsOf = ({ timeoutMs, holdMs }: Bounds): number =>
  Math.round(Math.max(timeoutMs / 2, Math.min(timeoutMs * firstShare, timeoutMs - holdMs - 800)));

const isHealthy = (first: Exchange, findings: readonly Finding[]): boolean =>
  didOpen(first) && findings.every(({ severity }) => severity !== 'error');

/** Bytes alone may be as sure, but do not say what would work. */
const isIsolated = ([head]: readonly Finding[]): boolean =>
  head !== undefined && head.confidence >= sure && head.evidence.some(({ what }) => what === 'trial');

import type { Exchange } from '../../model/exchange.js';
import type { Evidence } from '../../model/finding.js';
import { endEvidence, endedBy, endOf, openMs, silentMs, withoutClose } from '../endings.js';
import { allOut, type Conclude, didOpen, outcomeText, trialEvidence, trialsOf } from './trial.js';

/** What ends sooner was ended at once, for no timer's sake, milliseconds. */
const leastMs = 150;

/** No proxy ships a limit of lifetime below this, milliseconds: what always ends sooner is the server's doing. */
const leastTimerMs = 500;

/** Whether the server's side ended an open WebSocket without a Close while it was watched, and not at once. */
export const endedEarly = (first: Exchange, holdMs: number): boolean => {
  const lasted = openMs(first);
  return (
    didOpen(first) && lasted !== undefined && lasted >= leastMs && lasted < holdMs && withoutClose(first) && endedBy(first) === 'server'
  );
};

/** Timers are exact, but for what a busy machine adds, milliseconds; what crashes is not. */
const near = (one: number, other: number, slackMs = 100): boolean => Math.abs(one - other) <= Math.max(slackMs, other * 0.04);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/**
 * A timer or a crash? Both end the connection without a Close. In the second attempt a Ping goes half-way: the same silence twice is an idle
 * timeout, the same age twice is a limit of lifetime, and whoever crashed is not there, or does it at another time.
 */
export const concludeAgain: Conclude = (tried) => {
  const { first, holdMs } = tried;
  const [trial] = trialsOf(tried, 'again');
  if (!trial || !endedEarly(first, holdMs)) return [];
  const { exchange } = trial;
  const once = { age: openMs(first) ?? 0, silence: silentMs(first) ?? 0 };
  const crash = endOf(first, 'server')?.how === 'fin' ? 'server.close-after-101' : 'server.rst-after-101';
  const said = endEvidence(first, 'server');
  if (!didOpen(exchange)) {
    const because = `the second attempt does not even open: ${outcomeText(exchange)}`;
    return [
      {
        code: crash,
        verdict: {
          confidence: 0.95,
          evidence: [trialEvidence(trial), said],
          title: `The server opened, went after ${seconds(once.age)}, and is not there any more: it crashed`,
          culprit: null,
        },
        rulesOut: allOut(because, 'intermediary.idle-timeout', 'intermediary.max-lifetime'),
      },
    ];
  }
  const twice = { age: openMs(exchange) ?? 0, silence: silentMs(exchange) ?? 0 };
  const lived = endedBy(exchange) === 'server' && withoutClose(exchange);
  const both = (what: string, one: number, other: number): Evidence => ({
    leg: 'server',
    what: 'trial',
    text: `${what}: ${seconds(one)}, then ${seconds(other)}`,
  });
  if (lived && near(twice.silence, once.silence) && !near(twice.age, once.age)) {
    return [
      {
        code: 'intermediary.idle-timeout',
        verdict: {
          confidence: near(twice.silence, once.silence, 40) ? 0.96 : 0.9,
          severity: 'error',
          evidence: [both('silence before the end', once.silence, twice.silence), both('open', once.age, twice.age), said],
          title: `An idle timeout: it was cut twice after ${seconds(once.silence)} of silence, and a Ping puts it off`,
          culprit: null,
        },
        rulesOut: allOut(
          'the silence was the same twice, the age was not',
          'server.close-after-101',
          'server.rst-after-101',
          'intermediary.max-lifetime',
          'frame.abnormal-close',
        ),
      },
    ];
  }
  const regular = lived && near(twice.age, once.age);
  if (regular && once.age >= leastTimerMs) {
    return [
      {
        code: 'intermediary.max-lifetime',
        verdict: {
          confidence: 0.8,
          severity: 'error',
          evidence: [both('open', once.age, twice.age), said],
          title: `A timer: it was ended twice at the age of ${seconds(once.age)}, and a Ping does not put it off`,
          culprit: null,
        },
        rulesOut: allOut('a Ping on the way does not put it off', 'intermediary.idle-timeout'),
      },
      { code: crash, verdict: { confidence: 0.7, evidence: [said], title: `The server ends every connection after ${seconds(once.age)}` } },
    ];
  }
  return [
    {
      code: crash,
      verdict: {
        confidence: 0.9,
        evidence: [said, lived ? both('open', once.age, twice.age) : trialEvidence(trial)],
        title: regular
          ? `The server ends every connection soon after the opening: after ${seconds(once.age)}, then after ${seconds(twice.age)}`
          : `The server ended the connection after ${seconds(once.age)}, and not by a timer`,
      },
      rulesOut: allOut(
        regular ? 'no proxy has so short a limit' : lived ? 'it took another time the second time' : 'the second time it stayed open',
        'intermediary.idle-timeout',
        'intermediary.max-lifetime',
      ),
    },
  ];
};

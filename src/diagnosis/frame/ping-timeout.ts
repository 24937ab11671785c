import type { Exchange } from '../../model/exchange.js';
import type { Evidence } from '../../model/finding.js';
import type { Sender } from '../../model/frame.js';
import { endEvidence, endedBy, silentMs, wasOpen } from '../endings.js';
import { defineRule, type Verdict } from '../rule.js';

/** One Ping may still be under way when the connection ends, milliseconds. */
const underWayMs = 1000;

export const rule = defineRule({
  code: 'frame.ping-timeout',
  cause: 'frame',
  severity: 'error',
  title: 'Pings were not answered',
  question: 'Did a side ping, get no Pong, and end the connection?',
  remedy:
    'Look for what drops control frames on the way, and for a client whose thread is blocked: libraries answer Pings by themselves, but not while the application keeps them from reading.',
  fixes: [
    { for: 'the client', text: 'Do long work elsewhere than on the thread that reads the socket.' },
    { for: 'the server', text: 'Allow for more than one missing Pong, or for a longer time, where clients are on mobile networks.' },
  ],
  rfc: 'RFC 6455 5.5.2, 5.5.3',
  examine: (exchange) => {
    if (!wasOpen(exchange)) return undefined;
    for (const side of ['server', 'client'] as const) {
      const verdict = verdictOf(exchange, side);
      if (verdict) return verdict;
    }
    return undefined;
  },
});

const verdictOf = (exchange: Exchange, side: Sender): Verdict | undefined => {
  const { fromClient, fromServer } = exchange.frames;
  const [mine, theirs] = side === 'client' ? [fromClient, fromServer] : [fromServer, fromClient];
  const other = side === 'client' ? 'server' : 'client';
  if (mine.close) {
    // Python websockets: 1011, keepalive ping timeout.
    if (!/\b(ping|pong|keepalive|heartbeat)\b.*\b(time(d )?out|missed|missing)\b/i.test(mine.close.reason)) return undefined;
    const said: Evidence = { leg: side, what: 'frames', text: `Close ${mine.close.code} ${mine.close.reason}` };
    return {
      confidence: 0.93,
      evidence: [said, countEvidence(side, mine.pings, theirs.pongs)],
      title: titleOf(side, other),
      culprit: null,
    };
  }
  if (mine.pings === 0 || theirs.pongs > 0 || mine.incomplete || theirs.incomplete || theirs.close) return undefined;
  if (endedBy(exchange) !== side || (mine.pings < 2 && (silentMs(exchange) ?? 0) < underWayMs)) return undefined;
  return {
    confidence: 0.9,
    evidence: [countEvidence(side, mine.pings, 0), endEvidence(exchange, side)],
    title: titleOf(side, other),
    culprit: null,
  };
};

const countEvidence = (side: Sender, pings: number, pongs: number): Evidence => ({
  leg: side,
  what: 'frames',
  text: `the ${side} sent ${pings} ${pings === 1 ? 'Ping' : 'Pings'} and got ${pongs === 0 ? 'no Pong' : `${pongs} ${pongs === 1 ? 'Pong' : 'Pongs'}`}`,
});

const titleOf = (side: Sender, other: Sender): string => `The ${side} gave up on the ${other} because its Pings were not answered`;

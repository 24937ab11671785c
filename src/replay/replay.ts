import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { Problem } from '../model/problem.js';
import { compare, type Difference } from './compare.js';
import type { Recorded } from './recorded.js';
import { type Script, scriptOf } from './script.js';
import { type Ended, type PlayWorld, play } from './scripted-client.js';

export { credentialsIn } from './credentials.js';

/** The running proxy that a replay goes through. */
export interface ReplayWorld extends PlayWorld {
  /** The exchange that this client port made, once it has ended. */
  readonly exchangeByPort: (localPort: number) => Promise<Recorded>;
  readonly findingsOf: (exchange: Exchange) => readonly Finding[];
}

export interface ReplayedExchange {
  /** Empty when the outcome is the same. */
  readonly differences: readonly Difference[];
  /** Ids of the new exchange and of the recorded one. */
  readonly exchange: string;
  readonly recorded: string;
  readonly ended: Ended;
  /** Sentences on what was not played as it was recorded. */
  readonly notes: readonly string[];
}

/**
 * Sends the recorded client side again through the door and compares what came of it. Rejects with a Problem SHK_REPLAY when the exchange cannot be
 * replayed or the door not reached.
 */
export const replayExchange = async (recorded: Recorded, world: ReplayWorld): Promise<ReplayedExchange> => {
  const script = scriptOf(recorded);
  if (script.type === 'unplayable') {
    throw new Problem(
      'SHK_REPLAY',
      `Exchange ${recorded.exchange.id} cannot be replayed. ${script.why}`,
      'Choose the exchange of a WebSocket.',
    );
  }
  return replayScript(recorded, script, world);
};

export const replayScript = async (recorded: Recorded, script: Script, world: ReplayWorld): Promise<ReplayedExchange> => {
  const played = await play(script, world);
  const now = await world.exchangeByPort(played.localPort);
  return {
    differences: compare({ recorded, now, refusedCertificate: played.ended === 'certificate-refused', findingsOf: world.findingsOf }),
    exchange: now.exchange.id,
    recorded: recorded.exchange.id,
    ended: played.ended,
    notes: [...script.notes, ...played.notes],
  };
};

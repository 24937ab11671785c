import type { Authority } from '../authority/authority.js';
import type { Armory } from '../faults/armory.js';
import type { Ground } from '../faults/fitness.js';
import { parseRules } from '../faults/rules/parse-rules.js';
import { compileListFilter } from '../filter/list-filter.js';
import { isBrowserNoise } from '../launch/browser/noise.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Clock } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { Problem } from '../model/problem.js';
import { urlOf } from '../model/target.js';
import type { Door } from '../proxy/door.js';
import { type RecordedBytes, readExchangeBytes } from '../recording/exchanges.js';
import type { Source } from '../recording/lines.js';
import type { Recorder } from '../recording/recorder.js';
import { type ReplayWorld, replayExchange } from '../replay/replay.js';
import type { ArmedFault, ArmedRule, Control, EngineInfo } from './control.js';
import { createEngineMessages } from './engine-messages.js';
import type { Hands } from './hands.js';
import type { Hiding } from './hiding.js';

export interface EngineParts {
  readonly info: EngineInfo;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly armory: Armory;
  /** What rules that come later are checked against. */
  readonly ground: Ground;
  readonly recorder: Recorder & { source?(): AsyncIterable<Uint8Array> };
  readonly authority: Authority;
  /** Where a replay connects to. */
  readonly door: Door;
  /** Local ports of replays that are under way: they are asked for no credentials. */
  readonly ownClients: Set<number>;
  readonly findingsOf: (exchange: Exchange) => readonly Finding[];
  readonly hiding: Hiding;
  readonly hands: Hands;
  /** Ends what is to hear of everything, the end of the recording included. */
  readonly endListeners: () => Promise<void>;
}

/** The source of rules that came over a carrier, and what complaints call their text. */
const apiRules = 'rules';

/** How long a replay waits for its exchange to end. */
const replayMs = 30_000;

/** The in-process carrier: Control straight over the engine's parts. */
export const createEngineControl = (parts: EngineParts): { readonly control: Control; readonly world: ReplayWorld } => {
  const { info, ledger, armory, ground, recorder, authority, door, ownClients, findingsOf, hiding, hands, endListeners } = parts;

  const messages = createEngineMessages(recorder, (id) => ledger.get(id));
  const filterOf = createLastFilter();

  /** What was recorded of one exchange, wherever the recording is. */
  const recorded = async (exchange: Exchange): Promise<{ exchange: Exchange; chunks: readonly RecordedBytes[] }> => {
    await recorder.flush();
    const source: Source | undefined = recorder.path ?? recorder.source?.();
    const chunks: RecordedBytes[] = [];
    if (source !== undefined) for await (const batch of readExchangeBytes(source, { id: exchange.id })) chunks.push(...batch);
    // A ring in memory drops its oldest bytes without a word to the ledger.
    const { fromClient, fromServer } = exchange.frames;
    const missing = fromClient.bytes + fromServer.bytes - chunks.reduce((sum, { chunk }) => sum + chunk.length, 0);
    return { exchange: missing > exchange.lostBytes ? { ...exchange, lostBytes: missing } : exchange, chunks };
  };

  const exchangeByPort = (localPort: number): Promise<{ exchange: Exchange; chunks: readonly RecordedBytes[] }> =>
    new Promise((resolve, reject) => {
      const find = (): Exchange | undefined =>
        ledger.exchanges().findLast((exchange) => exchange.client.peer?.port === localPort && exchange.endedAt !== null);
      const settle = (exchange: Exchange): void => {
        clearTimeout(timer);
        unsubscribe();
        recorded(exchange).then(resolve, reject);
      };
      const unsubscribe = ledger.subscribe((event) => {
        if (event.type !== 'closed') return;
        const found = find();
        if (found) settle(found);
      });
      const timer = setTimeout(() => {
        unsubscribe();
        reject(new Problem('SHK_REPLAY', `The replay did not end within ${replayMs / 1000} s.`, 'Look at its exchange: it is still open.'));
      }, replayMs);
      const found = find();
      if (found) settle(found);
    });

  const get = (id: string): Exchange => {
    const exchange = ledger.get(id);
    if (!exchange) throw new Problem('SHK_NOT_FOUND', `There is no exchange ${JSON.stringify(id)}.`, 'List the exchanges for their ids.');
    return exchange;
  };

  const world: ReplayWorld = {
    door: { host: door.host, port: door.port },
    caPem: authority.caPem,
    exchangeByPort,
    findingsOf,
    timeoutMs: replayMs,
    enters: (localPort) => {
      ownClients.add(localPort);
      return () => void ownClients.delete(localPort);
    },
  };
  const control: Control = {
    info: async () => info,
    version: async () => ledger.version,
    rows: async ({ from, limit, all = false, filter = '' }) => {
      const wanted = filterOf(filter);
      if (wanted?.asksForMessages) return messages.rows({ from, limit, filter });
      const hides = hiding.hosts.length === 0 ? null : ({ target }: Exchange) => isBrowserNoise(target, hiding.hosts);
      return ledger.rows({ from, limit }, findingsOf, { hides, all, fits: wanted?.fits ?? null });
    },
    detail: async (id) => {
      const exchange = ledger.get(id);
      return exchange ? { exchange, url: exchange.target ? urlOf(exchange.target) : '', findings: findingsOf(exchange) } : null;
    },
    messages: messages.messages,
    message: messages.message,
    searchMessages: messages.searchMessages,
    curl: messages.curl,
    armed: async () => armory.list(),
    arm: async (choice) => armory.arm(choice),
    disarm: async (key) => armory.disarm(key),
    disarmAll: async () => {
      const armed = armory.list();
      for (const { choice } of armed) armory.disarm(choice.key);
      return armed.length;
    },
    rules: async () => rulesOf(armory.list()),
    replaceRules: async (text) => {
      const { rules } = parseRules(text, { file: apiRules, ground });
      armory.replace(
        apiRules,
        rules.map(({ choices }) => choices),
      );
      return rulesOf(armory.list());
    },
    ...hands,
    replay: async (id, faults) => {
      const from = await recorded(get(id));
      // For this replay only: one exchange each, and disarmed again should it not come to that.
      const keys = faults.map((text) => armory.arm(onceOf(text)).choice.key);
      try {
        const result = await replayExchange(from, world);
        return {
          same: result.differences.length === 0,
          differences: result.differences,
          recording: info.recording,
          exchanges: [result.exchange],
        };
      } finally {
        for (const key of keys) if (armory.list().some(({ choice }) => choice.key === key)) armory.disarm(key);
      }
    },
    subscribe: (listener) => ledger.subscribe(listener),
    stop: async () => {
      await messages.stop();
      await door.close();
      await recorder.close();
      await endListeners();
    },
  };
  return { control, world };
};

/** The rules behind what is armed; a rules file arms under the names of its rules. */
const rulesOf = (armed: readonly ArmedFault[]): readonly ArmedRule[] => {
  const byName = new Map<string, ArmedFault[]>();
  for (const one of armed) {
    const { rule } = one.choice;
    if (rule !== undefined) byName.set(rule, [...(byName.get(rule) ?? []), one]);
  }
  return [...byName].map(([name, faults]) => ({ name, faults }));
};

/** The same choice for one exchange. */
const onceOf = (text: string): string => (/[:,]times=/.test(text) ? text : `${text}${text.includes(':') ? ',' : ':'}times=1`);

interface LastFilter {
  readonly asksForMessages: boolean;
  readonly fits: (exchange: Exchange, findings: () => readonly Finding[]) => boolean;
}

/** Keeps the last filter, and its answers as long as an exchange does not change: the same one is asked for many times a second. */
const createLastFilter = (): ((text: string) => LastFilter | null) => {
  let last: (LastFilter & { readonly text: string }) | undefined;
  return (text) => {
    if (text.trim() === '') return null;
    if (last?.text === text) return last;
    const filter = compileListFilter(text);
    const answers = new WeakMap<Exchange, boolean>();
    const fits: LastFilter['fits'] = (exchange, findings) => {
      const known = answers.get(exchange);
      if (known !== undefined) return known;
      const answer = filter.begin({ exchange, findings }).result();
      answers.set(exchange, answer);
      return answer;
    };
    last = { text, asksForMessages: filter.asksForMessages, fits };
    return last;
  };
};

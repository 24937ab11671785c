import type { EngineEventBody, EventBody } from '../model/event.js';
import type { Sender } from '../model/frame.js';

const why = 'the recording could not keep up';

/** Counts what a full backlog made the recorder drop, until `write` can say so. */
export const createLosses = (write: (body: EventBody | EngineEventBody, exchange: string) => void) => {
  const lost = new Map<string, { client: number; server: number }>();
  let events = 0;

  const tell = (exchange: string): void => {
    const counts = lost.get(exchange);
    if (!counts) return;
    lost.delete(exchange);
    for (const from of ['client', 'server'] as const) {
      if (counts[from] > 0) write({ type: 'bytes-lost', from, bytes: counts[from], why }, exchange);
    }
  };

  return {
    bytes(exchange: string, from: Sender, length: number): void {
      let counts = lost.get(exchange);
      if (!counts) {
        counts = { client: 0, server: 0 };
        lost.set(exchange, counts);
      }
      counts[from] += length;
    },
    event(): void {
      events++;
    },
    /** Before an exchange's last event. */
    tell,
    tellAll(): void {
      for (const exchange of [...lost.keys()]) tell(exchange);
      if (events > 0) write({ type: 'notice', level: 'error', text: `${events} events are missing here: ${why}.` }, '');
      events = 0;
    },
  };
};

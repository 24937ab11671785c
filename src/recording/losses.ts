import type { EngineEventBody, EventBody } from '../model/event.js';
import type { FrameResume, Sender } from '../model/frame.js';

const why = 'the recording could not keep up';

/** Says where the frames of one side of an exchange stand behind all bytes that crossed so far; undefined when it has no open WebSocket. */
export type ResumeOf = (exchange: string, from: Sender) => FrameResume | undefined;

interface LossPorts {
  write(body: EventBody | EngineEventBody, exchange: string): void;
  readonly resumeOf: ResumeOf;
}

/** Counts what a full backlog made the recorder drop, until `write` can say so. */
export const createLosses = ({ write, resumeOf }: LossPorts) => {
  const lost = new Map<string, { client: number; server: number }>();
  let events = 0;

  const tell = (exchange: string): void => {
    const counts = lost.get(exchange);
    if (!counts) return;
    lost.delete(exchange);
    for (const from of ['client', 'server'] as const) {
      if (counts[from] === 0) continue;
      const resume = resumeOf(exchange, from);
      write({ type: 'bytes-lost', from, bytes: counts[from], why, ...(resume && { resume }) }, exchange);
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
    /** The exchange's last event is dropped, too: nobody asks for its counts any more. Returns their sum. */
    forget(exchange: string): number {
      const { client, server } = lost.get(exchange) ?? { client: 0, server: 0 };
      lost.delete(exchange);
      return client + server;
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

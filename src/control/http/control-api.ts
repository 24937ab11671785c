import { randomBytes } from 'node:crypto';
import { compileListFilter } from '../../filter/list-filter.js';
import type { Clock } from '../../model/clock.js';
import type { Event } from '../../model/event.js';
import type { Exchange } from '../../model/exchange.js';
import type { Finding } from '../../model/finding.js';
import { Problem } from '../../model/problem.js';
import type { Sink } from '../../proxy/sink.js';
import type { Control } from '../control.js';
import type { ControlPort } from './control-port.js';
import { createEventHub } from './event-hub.js';
import { createCounts } from './metrics.js';
import type { Desk } from './route.js';
import { type ControlServer, serveControlApi } from './serve.js';

/** The control API of one run; it hears every event from the first one on. */
export interface ControlApi extends Sink {
  /** Null: there is none. */
  readonly url: string | null;
  readonly token: string | null;
  /** Its ports, which the proxy leads nobody to (threats.md T04). */
  ports(): readonly number[];
  /** Begins to listen. Resolves with a sentence for the user where that could not be; rejects with a Problem (SHK_LISTEN) where it had to be. */
  open(at: ControlPort): Promise<string | null>;
  /** Answers from now on. */
  serve(control: Control): void;
  close(): Promise<void>;
}

export interface ControlApiParts {
  readonly clock: Clock;
  look(id: string): Exchange | undefined;
  readonly findingsOf: (exchange: Exchange) => readonly Finding[];
}

export const createControlApi = ({ clock, look, findingsOf }: ControlApiParts): ControlApi => {
  const hub = createEventHub(clock);
  const counts = createCounts();
  let server: ControlServer | null = null;
  let token: string | null = null;
  let begin: (desk: Desk) => void = () => {};
  const desk = new Promise<Desk>((resolve) => {
    begin = resolve;
  });

  const chooser = (text: string): ((id: string) => boolean) => {
    if (text.trim() === '') return () => true;
    const filter = compileListFilter(text);
    if (filter.asksForMessages)
      throw new Problem('SHK_USAGE', 'Events cannot be chosen by messages.', 'Choose by the other fields of docs/filter.md.');
    return (id) => {
      const exchange = look(id);
      return exchange !== undefined && filter.begin({ exchange, findings: () => findingsOf(exchange) }).result();
    };
  };

  const verdictOf = (id: string): readonly Finding[] => {
    const exchange = look(id);
    return exchange ? findingsOf(exchange) : [];
  };

  return {
    get url() {
      return server?.url ?? null;
    },
    get token() {
      return token;
    },
    ports: () => (server ? [server.port] : []),
    event: (event) => {
      hub.event(event);
      counts.event(event);
      if (decides(event)) hub.verdict(event.exchange, () => verdictOf(event.exchange));
      if (event.type !== 'closed') return;
      const exchange = look(event.exchange);
      if (exchange) counts.ended(exchange.kind, exchange.outcome);
    },
    bytes: (exchange, from, chunk, atMs) => hub.bytes(exchange, from, chunk, atMs),
    open: async ({ port, required }) => {
      const drawn = randomBytes(32).toString('base64url');
      try {
        server = await serveControlApi(port, { token: drawn, desk });
        token = drawn;
        return null;
      } catch (error) {
        if (required || !(error instanceof Problem)) throw error;
        return `There is no control API in this run: ${error.message} ${error.advice}`;
      }
    },
    serve: (control) => begin({ control, hub, chooser, metrics: () => counts.text(control) }),
    close: async () => {
      hub.close();
      await server?.close();
    },
  };
};

/** What is wrong with an exchange may be known from here on: its answer, a refusal of ours, a failure, its end. */
const decides = (event: Event): boolean =>
  (event.type === 'head' && event.site === 'clientGot' && event.informational !== true) ||
  ['refused', 'dial-failed', 'tls-failed', 'closed'].includes(event.type);

import type { Sender } from '../../model/frame.js';
import { authorityOf } from '../../model/target.js';
import type { RecordedEvent } from '../../recording/exchange-events.js';
import type { RecordedExchange } from '../format.js';
import type { Batch } from './batch.js';
import { packetBlock } from './blocks.js';
import { clientOpening } from './client-opening.js';
import { createConversation, type Emit, type Packet } from './conversation.js';
import { createPorts } from './endpoints.js';
import { createLeg, type LegContext, type Lines } from './leg.js';
import { commentText, faultRemark, remarksOf } from './remark-texts.js';
import { createRemarks } from './remarks.js';
import { serverOpening } from './server-opening.js';
import { packetLength, writePacket } from './tcp-packet.js';

/** The interfaces of the file, in their order. */
export const interfaces = ['client', 'server'] as const;

/** Connections that later exchanges may go on with. A recording may open any number and end none. */
const mostConnections = 10_000;
/** Servers of one client connection: each request in absolute form names its own. */
const mostServers = 100;
/** Comments of one packet. */
const mostComments = 100;

interface Connection {
  readonly client: Lines;
  readonly servers: Map<string, Lines>;
}

/** Writes one exchange after the other, its events batch by batch. */
export interface ExchangePackets {
  begin(recorded: Pick<RecordedExchange, 'exchange' | 'findings'>): {
    apply(events: readonly RecordedEvent[]): void;
    end(): void;
  };
}

const remembered = <K, V>(map: Map<K, V>, key: K, { make, most }: { readonly make: () => V; readonly most: number }): V => {
  const known = map.get(key);
  const value = known ?? make();
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
  return value;
};

const noLines = (): Lines => ({ door: null, main: null, peer: null });

const blockOf = ({ leg, from, segment, atMicros }: Packet, comments: readonly string[]) =>
  packetBlock(
    {
      interface: interfaces.indexOf(leg),
      atMicros,
      length: packetLength(segment),
      direction: from === 'peer' ? 'inbound' : 'outbound',
      comments: comments.length === 0 ? comments : comments.slice(0, mostComments).map(commentText),
    },
    (bytes, at) => writePacket(bytes, at, segment),
  );

export const createExchangePackets = (batch: Batch): ExchangePackets => {
  const connections = new Map<number, Connection>();
  const nextPort = createPorts();
  let conversations = 0;
  /** Of the exchange at hand: a conversation may go on from one to the next. */
  let emit: Emit = () => {};
  const pass: Emit = (packet, about) => emit(packet, about);

  return {
    begin: ({ exchange, findings }) => {
      const remarks = createRemarks(remarksOf(exchange, findings));
      const begun = { client: false, server: false };
      /** The last packet waits, because what found no better place is said of it. */
      let held: { readonly packet: Packet; readonly comments: readonly string[] } | null = null;
      const release = (further: readonly string[] = []): void => {
        if (held) batch.add(blockOf(held.packet, further.length > 0 ? [...held.comments, ...further] : held.comments));
        held = null;
      };
      emit = (packet, about) => {
        release();
        const { leg, segment } = packet;
        const said = remarks.take({ leg, length: segment.payload.length, first: !begun[leg] }, about);
        begun[leg] = true;
        held = { packet, comments: about?.comments ? [...said, ...about.comments] : said };
      };

      const make = (): Connection => ({ client: noLines(), servers: new Map() });
      const connection = remembered(connections, exchange.connection, { make, most: mostConnections });
      const server = exchange.target ? authorityOf(exchange.target) : '';
      const contextOf = (side: Sender, lines: Lines): LegContext => ({
        exchange,
        side,
        lines,
        nextPort,
        begin: (options) => createConversation({ ...options, leg: side, number: ++conversations, emit: pass }),
        remark: remarks.add,
      });
      const clientContext = contextOf('client', connection.client);
      const client = createLeg(clientContext, clientOpening(clientContext));
      const serverContext = contextOf('server', remembered(connection.servers, server, { make: noLines, most: mostServers }));
      const serverLeg = createLeg(serverContext, serverOpening(serverContext));

      return {
        apply: (events) => {
          for (const recorded of events) {
            if (recorded.type === 'event' && recorded.event.type === 'fault') remarks.add(faultRemark(exchange, recorded.event.fault));
            // Whoever said it is heard first.
            const fromServer = recorded.type === 'bytes' && recorded.from === 'server';
            for (const leg of fromServer ? [serverLeg, client] : [client, serverLeg]) leg.apply(recorded);
          }
        },
        end: () => release(remarks.rest()),
      };
    },
  };
};

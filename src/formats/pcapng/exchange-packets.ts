import type { Sender } from '../../model/frame.js';
import { authorityOf } from '../../model/target.js';
import type { RecordedEvent } from '../../recording/exchange-events.js';
import type { RecordedExchange } from '../format.js';
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

/** Writes one exchange after the other. */
export interface ExchangePackets {
  /** What one exchange's beginning, batches of events and end come to, as blocks. */
  begin(recorded: Pick<RecordedExchange, 'exchange' | 'findings'>): {
    apply(events: readonly RecordedEvent[]): Buffer[];
    end(): Buffer[];
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

const noLines = (): Lines => ({ door: null, main: null });

const blockOf = ({ leg, from, segment, atMicros }: Packet, comments: readonly string[]): Buffer =>
  packetBlock(
    {
      interface: interfaces.indexOf(leg),
      atMicros,
      length: packetLength(segment),
      direction: from === 'peer' ? 'inbound' : 'outbound',
      comments: comments.slice(0, mostComments).map(commentText),
    },
    (block, at) => writePacket(block, at, segment),
  );

export const createExchangePackets = (): ExchangePackets => {
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
      const blocks: Buffer[] = [];
      /** The last packet waits, because what found no better place is said of it. */
      let held: { readonly packet: Packet; readonly comments: readonly string[] } | null = null;
      const release = (further: readonly string[] = []): void => {
        if (held) blocks.push(blockOf(held.packet, [...held.comments, ...further]));
        held = null;
      };
      emit = (packet, about) => {
        release();
        const { leg, segment } = packet;
        const said = remarks.take({ leg, length: segment.payload.length, first: !begun[leg] }, about);
        begun[leg] = true;
        held = { packet, comments: [...said, ...(about?.comments ?? [])] };
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
          return blocks.splice(0);
        },
        end: () => {
          release(remarks.rest());
          return blocks.splice(0);
        },
      };
    },
  };
};

import type { ExportContext, ExportFormat } from '../format.js';
import { redactionWords } from '../redaction-words.js';
import { createBatch } from './batch.js';
import { interfaceDescription, optionCodes, sectionHeader, textOption } from './blocks.js';
import { createExchangePackets, interfaces } from './exchange-packets.js';
import { commentText } from './remark-texts.js';

const about = [
  'Each leg of each exchange as its own TCP connection, TLS taken off; interface 0 is the client leg, 1 the server leg.',
  'The chunks of data and their times are those of the recording. Handshakes, acknowledgements and sequence numbers of TCP were made for them.',
  'Addresses of 192.0.2.0/24 and 2001:db8::/32 stand for those that are not recorded. Packets stand exchange by exchange; reordercap puts them in order of time.',
];

const legNames = {
  client: { name: 'client leg', description: 'between the client and shakedown, TLS taken off' },
  server: { name: 'server leg', description: 'between shakedown and the server, TLS taken off' },
} as const;

const opening = (context: ExportContext): Buffer[] => [
  sectionHeader([
    textOption(optionCodes.userApplication, commentText(`shakedown ${context.shakedown}`)),
    textOption(optionCodes.comment, commentText(`Recording ${context.recording}, begun ${context.startedAt}.`)),
    textOption(optionCodes.comment, commentText(redactionWords(context.redaction))),
    ...about.map((text) => textOption(optionCodes.comment, text)),
  ]),
  ...interfaces.map((leg) => interfaceDescription(legNames[leg])),
];

export const pcapngFormat: ExportFormat = {
  id: 'pcapng',
  aliases: ['wireshark'],
  extension: 'pcapng',
  binary: true,
  about: 'Packets of each leg without TLS, with findings as comments: for Wireshark and tshark.',
  write: async function* (exchanges, context) {
    const batch = createBatch();
    const packets = createExchangePackets(batch);
    yield* opening(context);
    for await (const recorded of exchanges) {
      const exchange = packets.begin(recorded);
      for await (const events of recorded.events()) {
        exchange.apply(events);
        yield* batch.take();
      }
      exchange.end();
    }
    yield* batch.take('all');
  },
};

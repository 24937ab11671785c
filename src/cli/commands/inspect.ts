import type { CommandModule } from 'yargs';
import { isoTime } from '../../model/clock.js';
import type { Exchange } from '../../model/exchange.js';
import type { Finding } from '../../model/finding.js';
import { urlOf } from '../../model/target.js';
import { exchangeLine } from '../../recording/exchange-json.js';
import { type ReadExchange, readExchangeBytes, readExchanges } from '../../recording/exchanges.js';
import { messageLine } from '../../recording/message-json.js';
import { findingsText } from '../../views/lines/findings.js';
import { plain } from '../../views/paint.js';
import { dialNotes, upstreamOf } from '../../views/way-out-wording.js';
import { agreedDeflate } from '../../wire/extensions.js';
import { createMessageReader } from '../../wire/messages.js';
import { createOutput, type Output, wantsColour } from '../output.js';

interface InspectFlags {
  readonly file: string;
  readonly json?: boolean | undefined;
  readonly messages?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const inspect: CommandModule<object, InspectFlags> = {
  command: 'inspect <file>',
  describe: 'what a recording holds: every exchange with its findings',
  builder: (args) =>
    args
      .positional('file', { type: 'string', demandOption: true, describe: 'a recording (.jsonl)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line' })
      .option('messages', { type: 'boolean', default: false, describe: 'one line a message instead of one an exchange' })
      .example('$0 inspect session.jsonl', 'read it')
      .example('$0 inspect session.jsonl --json | jq .findings[0].code', 'the first finding of each exchange'),
  handler: async ({ file, json = false, messages = false, color }) => {
    const output = createOutput({ colour: !json && wantsColour(color) });
    const { diagnose } = await import('../../diagnosis/diagnose.js');
    const damages: number[] = [];
    const exchanges = readExchanges(file, { onDamage: ({ line }) => damages.push(line) });
    let count = 0;
    for (;;) {
      const step = await exchanges.next();
      if (step.done) {
        if (step.value.torn) output.note('shakedown: the last line is torn and was left out; the recording process was ended.');
        break;
      }
      count++;
      await output.room();
      if (messages) await printMessages(file, step.value, { output, json });
      else if (json) output.line(exchangeLine(step.value.exchange, diagnose(step.value.exchange)));
      else output.line(asText(step.value.exchange, diagnose(step.value.exchange), output.colour));
    }
    if (damages.length > 0)
      output.note(
        `shakedown: ${damages.length} damaged ${damages.length === 1 ? 'line was' : 'lines were'} left out, the first is line ${damages[0]}.`,
      );
    if (count === 0 && !json) output.note('shakedown: this recording holds no exchange.');
  },
};

const asText = (exchange: Exchange, findings: readonly Finding[], colour: boolean): string => {
  const url = exchange.target ? urlOf(exchange.target) : '(no target)';
  const { fromClient, fromServer } = exchange.frames;
  const head = `${exchange.id}  ${exchange.startedAt}  ${exchange.outcome}  ${exchange.status || '-'}  ${plain(url)}  messages ${fromClient.messages} from the client, ${fromServer.messages} from the server`;
  const found = findingsText(findings, { colour, width: Math.max(60, process.stdout.columns ?? 100) });
  const faults = exchange.applied.map(({ id }) => id).join(', ');
  const way = [
    ...(exchange.upstream ? [`  upstream proxy ${plain(upstreamOf(exchange.upstream))}`] : []),
    ...dialNotes(exchange).map((note) => `  ${plain(note)}`),
  ];
  return [head, ...way, ...(faults ? [`  faults applied: ${faults}`] : []), ...(found ? [found, ''] : [])].join('\n');
};

const printMessages = async (
  file: string,
  { exchange, span }: ReadExchange,
  { output, json }: { readonly output: Output; readonly json: boolean },
): Promise<void> => {
  if (exchange.kind !== 'websocket' || exchange.heads.clientGot === null) return;
  const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
  const readers = { client: createMessageReader({ from: 'client', deflate }), server: createMessageReader({ from: 'server', deflate }) };
  for await (const batch of readExchangeBytes(file, { id: exchange.id, span })) {
    await output.room();
    for (const { from, chunk, atMs } of batch) {
      for (const message of readers[from].push(chunk)) {
        const line = messageLine(exchange.id, isoTime(atMs), message);
        if (json) output.line(line);
        else
          output.line(
            `${exchange.id}  ${isoTime(atMs)}  ${from}  ${message.type}  ${message.length} bytes  ${plain(Buffer.from(message.bytes.subarray(0, 200)).toString('utf8'))}`,
          );
      }
    }
  }
};

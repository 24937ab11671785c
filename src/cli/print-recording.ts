import { diagnose } from '../diagnosis/diagnose.js';
import { compileFilter } from '../filter/filter.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { urlOf } from '../model/target.js';
import { exchangeLine } from '../recording/exchange-json.js';
import { type ReadExchange, readExchanges } from '../recording/exchanges.js';
import { messageLine } from '../recording/message-json.js';
import { readMessages } from '../recording/read-messages.js';
import { importedNotes } from '../views/imported-wording.js';
import { findingsText } from '../views/lines/findings.js';
import { plain } from '../views/paint.js';
import { dialNotes, upstreamOf } from '../views/way-out-wording.js';
import type { Message } from '../wire/messages.js';
import { followRecording } from './follow-recording.js';
import { createOutput, type Output, wantsColour } from './output.js';
import { fits, readingNotes } from './selecting.js';
import { untilSignal } from './signals.js';

export interface InspectFlags {
  readonly file: string;
  readonly json?: boolean | undefined;
  readonly messages?: boolean | undefined;
  readonly filter?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly ui?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What `inspect` does: the terminal UI, or text. */
export const printRecording = async ({
  file,
  json = false,
  messages = false,
  filter: wanted,
  follow = false,
  ui = true,
  color,
}: InspectFlags): Promise<void> => {
  if (ui && !json && !messages && process.stdin.isTTY && process.stdout.isTTY) {
    const { inspectWithUi } = await import('./inspect-ui.js');
    process.exitCode = await inspectWithUi(file, { filter: wanted, follow, color });
    return;
  }
  const filter = wanted === undefined ? null : compileFilter(wanted);
  const output = createOutput({ colour: !json && wantsColour(color) });
  if (follow) {
    const exchange = json ? exchangeLine : (one: Exchange, findings: readonly Finding[]) => asText(one, findings, output.colour);
    const message = json ? messageLine : messageText;
    const signal = untilSignal();
    process.exitCode = await followRecording(file, { filter, diagnose, output, signal, ...(messages ? { message } : { exchange }) });
    return;
  }
  const notes = readingNotes();
  const exchanges = readExchanges(file, notes);
  let count = 0;
  let shown = 0;
  for (;;) {
    const step = await exchanges.next();
    if (step.done) {
      for (const sentence of notes.sentences(step.value)) output.note(`shakedown: ${sentence}`);
      break;
    }
    count++;
    if (filter && !(await fits(file, step.value, { filter, diagnose }))) continue;
    shown++;
    await output.room();
    if (messages) await printMessages(file, step.value, { output, json });
    else if (json) output.line(exchangeLine(step.value.exchange, diagnose(step.value.exchange)));
    else output.line(asText(step.value.exchange, diagnose(step.value.exchange), output.colour));
  }
  if (count > 0 && shown === 0 && !json) output.note(`shakedown: none of the ${count} exchanges fits the filter.`);
  if (count === 0 && !json) output.note('shakedown: this recording holds no exchange.');
};

const asText = (exchange: Exchange, findings: readonly Finding[], colour: boolean): string => {
  const url = exchange.target ? urlOf(exchange.target) : '(no target)';
  const { fromClient, fromServer } = exchange.frames;
  const head = `${exchange.id}  ${exchange.startedAt}  ${exchange.outcome}  ${exchange.status || '-'}  ${plain(url)}  messages ${fromClient.messages} from the client, ${fromServer.messages} from the server`;
  const found = findingsText(findings, { colour, width: Math.max(60, process.stdout.columns ?? 100) });
  const faults = exchange.applied.map(({ id }) => id).join(', ');
  const way = [
    ...importedNotes(exchange).map((note) => `  ${plain(note)}`),
    ...(exchange.upstream ? [`  upstream proxy ${plain(upstreamOf(exchange.upstream))}`] : []),
    ...dialNotes(exchange).map((note) => `  ${plain(note)}`),
  ];
  return [head, ...way, ...(faults ? [`  faults applied: ${faults}`] : []), ...(found ? [found, ''] : [])].join('\n');
};

const messageText = (id: string, at: string, { from, type, length, bytes, lost }: Message): string =>
  `${id}  ${at}  ${from}  ${type}  ${length} bytes${lost ? ' (not all of it is in the recording)' : ''}  ${plain(Buffer.from(bytes.subarray(0, 200)).toString('utf8'))}`;

const printMessages = async (
  file: string,
  read: ReadExchange,
  { output, json }: { readonly output: Output; readonly json: boolean },
): Promise<void> => {
  const { id } = read.exchange;
  for await (const batch of readMessages(file, read)) {
    await output.room();
    for (const { message, at } of batch) {
      if (json) output.line(messageLine(id, at, message));
      else output.line(messageText(id, at, message));
    }
  }
};

import type { ExportContext, ExportFormat, RecordedExchange } from '../format.js';
import { redactionWords } from '../redaction-words.js';
import { titleOf } from './request.js';
import { shellComment } from './shell.js';

/** A command, with sentences about what it does not do; or why there is none. */
export type Command =
  | { readonly type: 'command'; readonly text: string; readonly notes: readonly string[] }
  | { readonly type: 'none'; readonly why: string };

/** A format of one command an exchange, as a script of POSIX sh. */
export const commandFormat = (
  facts: Pick<ExportFormat, 'id' | 'aliases' | 'about'>,
  commandOf: (recorded: RecordedExchange) => Command | Promise<Command>,
): ExportFormat => ({
  ...facts,
  extension: 'sh',
  binary: false,
  write: async function* (exchanges, { shakedown, recording, redaction }: ExportContext) {
    yield `${shellComment(`${facts.id} commands for a POSIX shell, from ${recording} by shakedown ${shakedown}; ${redactionWords(redaction)}`)}\n`;
    for await (const recorded of exchanges) {
      const title = titleOf(recorded.exchange);
      const command = await commandOf(recorded);
      if (command.type === 'none') yield `\n${shellComment(`${title}: no command, ${command.why}`)}\n`;
      else yield `\n${[title, ...command.notes].map((line) => `${shellComment(line)}\n`).join('')}${command.text}\n`;
    }
  },
});

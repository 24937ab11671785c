import type { CommandModule } from 'yargs';
import type { InspectFlags } from '../print-recording.js';

export const inspect: CommandModule<object, InspectFlags> = {
  command: 'inspect <file>',
  describe: 'what a recording holds: in a terminal the terminal UI, else every exchange with its findings',
  builder: (args) =>
    args
      .positional('file', { type: 'string', demandOption: true, describe: 'a recording (.jsonl)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line' })
      .option('filter', {
        type: 'string',
        requiresArg: true,
        describe: "only the exchanges that fit: 'host ~ api && status != 101', 'finding = origin.*', 'message ~ error'; see docs/filter.md",
      })
      .option('messages', { type: 'boolean', default: false, describe: 'one line a message instead of one an exchange' })
      .option('follow', { type: 'boolean', default: false, describe: 'go on with what is still being written, until Ctrl-C' })
      .option('ui', { type: 'boolean', default: true, describe: '--no-ui: text instead of the terminal UI' })
      .example('$0 inspect session.jsonl', 'read it')
      .example('$0 inspect session.jsonl --follow --messages --json', 'each message of a running session as it comes')
      .example("$0 inspect session.jsonl --filter 'status >= 400 || finding = origin.*'", 'what was refused')
      .example('$0 inspect session.jsonl --json | jq .findings[0].code', 'the first finding of each exchange'),
  handler: async (flags) => {
    // The reader, the rules and the wording: only who asks for them waits for them.
    const { printRecording } = await import('../print-recording.js');
    await printRecording(flags);
  },
};

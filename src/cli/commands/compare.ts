import type { CommandModule } from 'yargs';
import { plain } from '../../views/paint.js';
import { exitCodes } from '../exit-code.js';
import { createOutput, wantsColour } from '../output.js';

interface CompareFlags {
  readonly a: string;
  readonly b: string;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const compare: CommandModule<object, CompareFlags> = {
  command: 'compare <a> <b>',
  describe: 'what differs between two exchanges, or two recordings: the likeliest cause first',
  builder: (args) =>
    args
      .positional('a', { type: 'string', demandOption: true, describe: 'a recording (FILE), or one exchange of it (FILE#ID)' })
      .positional('b', { type: 'string', demandOption: true, describe: 'the other one' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .example('$0 compare good.jsonl bad.jsonl', 'exchanges of one URL are paired; exit code 0: the same, 1: different')
      .example("$0 compare 'session.jsonl#2' 'session.jsonl#5'", 'two of one recording; `inspect` shows the ids'),
  handler: async ({ a, b, json = false, color }) => {
    const output = createOutput({ colour: !json && wantsColour(color) });
    const { compareFiles } = await import('../compare-files.js');
    const same = await compareFiles([a, b], { output, json, note: (text) => output.note(`shakedown: ${plain(text)}`) });
    process.exitCode = same ? exitCodes.ok : exitCodes.failed;
  },
};

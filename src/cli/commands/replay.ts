import type { CommandModule } from 'yargs';
import type { Difference } from '../../control/control.js';
import { plain } from '../../views/paint.js';
import { type EngineFlags, engineFlags, engineOptions } from '../engine-flags.js';
import { exitCodes } from '../exit-code.js';
import { createOutput } from '../output.js';

interface ReplayFlags extends EngineFlags {
  readonly file: string;
  readonly exchange?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
}

export const replay: CommandModule<object, ReplayFlags> = {
  command: 'replay <file> [exchange..]',
  describe: 'sends the recorded client side again, with faults if asked, and compares the outcome with the recorded one',
  builder: (args) =>
    engineFlags(args)
      .positional('file', { type: 'string', demandOption: true, describe: 'a recording (.jsonl)' })
      .positional('exchange', { type: 'string', array: true, describe: 'ids of exchanges (default: every WebSocket in it)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .default('port', '0')
      .example('$0 replay session.jsonl', 'exit code 0: the same as recorded; 1: different')
      .example('$0 replay session.jsonl 3 --fault drop-upgrade', 'the third exchange, with a fault'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const { replayFile } = await import('../../control/replay-file.js');
    const result = await replayFile(flags.file, flags.exchange ?? [], {
      options: engineOptions(flags),
      note: (text) => output.note(`shakedown: ${plain(text)}`),
    });
    const { same, differences, recording } = result;
    if (flags.json) output.line(JSON.stringify({ same, differences, recording }));
    else {
      for (const difference of differences) output.line(asText(difference));
      output.line(
        `${result.exchanges.length} replayed: ${same ? 'the same as recorded' : differences.length === 1 ? '1 difference' : `${differences.length} differences`}. The recording of the replay is ${recording ?? '(not kept)'}`,
      );
    }
    process.exitCode = same ? exitCodes.ok : exitCodes.failed;
  },
};

const asText = ({ exchange, where, recorded, now }: Difference): string =>
  `exchange ${exchange}, ${where}: recorded ${plain(recorded)}, now ${plain(now)}`;

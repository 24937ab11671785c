import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { systemClock } from '../../control/system-clock.js';
import { version } from '../../control/version.js';
import { defaultRecordingPath } from '../../recording/recording-path.js';
import { plain } from '../../views/paint.js';
import { one, userDataFolder } from '../engine-flags.js';
import { createOutput } from '../output.js';

interface ImportFlags {
  readonly file: string;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** How many of what was left out are told one by one. */
const mostTold = 20;
/** Milliseconds between two words on how far it is. */
const progressMs = 2000;

export const importCommand: CommandModule<object, ImportFlags> = {
  command: 'import <file>',
  describe: "makes a recording of another tool's file: a HAR, or messages as JSON Lines",
  builder: (args) =>
    args
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'a HAR of a browser, mitmproxy, HTTP Toolkit or shakedown, or lines of `inspect --messages --json`',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'file of the recording (default: a new one in the data folder)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object: path, exchanges, messages, skipped' })
      .example('$0 import failed.har', 'what a colleague saw; its path is told')
      .example('$0 import failed.har --out failed.jsonl && $0 inspect failed.jsonl', 'and why it failed'),
  handler: async ({ file, out, json = false }) => {
    const output = createOutput({ colour: false });
    const [{ importFile }, { count }] = await Promise.all([import('../../formats/import.js'), import('../../views/wording.js')]);
    const named = one('out', out);
    const to = named === undefined ? defaultRecordingPath(userDataFolder(), systemClock, process.pid) : resolve(named);
    let toldAt = systemClock.now();
    const result = await importFile(file, {
      to,
      shakedown: version,
      onProgress: (read, size) => {
        if (!process.stderr.isTTY || systemClock.now() - toldAt < progressMs) return;
        toldAt = systemClock.now();
        output.note(`shakedown: ${Math.floor((read / size) * 100)} % of ${plain(file)} is read`);
      },
    });
    const { path, exchanges, messages, skipped } = result;
    for (const { where, why } of skipped.slice(0, mostTold)) output.note(`shakedown: left out: ${plain(where)} ${plain(why)}`);
    if (skipped.length > mostTold) output.note(`shakedown: ${skipped.length - mostTold} more were left out; --json tells them all.`);
    output.note(
      `shakedown: ${count(exchanges, 'exchange', 'exchanges')} and ${count(messages, 'message', 'messages')} imported; what the file does not hold is marked as not recorded.`,
    );
    output.line(json ? JSON.stringify(result) : `The recording is ${plain(path)}`);
  },
};

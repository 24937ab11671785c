import yargs, { type Argv } from 'yargs';
import { version } from '../control/version.js';
import { nearest } from '../faults/nearest.js';
import { Problem } from '../model/problem.js';
import { faults } from './commands/faults.js';
import { findings } from './commands/findings.js';
import { inspect } from './commands/inspect.js';
import { replay } from './commands/replay.js';
import { start } from './commands/start.js';

const commandNames = ['start', 'inspect', 'replay', 'faults', 'findings'];

/** The whole command line. A wrong use throws a Problem (SHK_USAGE). */
export const createCli = (words: readonly string[]): Argv =>
  yargs([...words])
    .scriptName('shakedown')
    .usage('$0 <command>\n\nSays why a WebSocket handshake failed, makes each failure happen on demand, and replays it.')
    .command(start)
    .command(inspect)
    .command(replay)
    .command(faults)
    .command(findings)
    .option('color', { type: 'boolean', describe: '--no-color: no colour, as with NO_COLOR' })
    .strict()
    .version(version)
    .help()
    .alias('h', 'help')
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .epilogue('Start with: shakedown start')
    .exitProcess(false)
    .fail((message, error, args) => {
      if (error) throw error;
      throw new Problem('SHK_USAGE', `${message}${suggestion(message, args)}`, 'See: shakedown --help');
    });

/** The nearest right word for what yargs did not know. */
const suggestion = (message: string, args: Argv): string => {
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1]?.trim();
  if (unknown === undefined) return '';
  // yargs' typings leave out what its own help is made from.
  const known = Object.keys((args as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions().key);
  const option = nearest(
    unknown,
    known.filter((name) => name.length > 1),
  );
  const command = nearest(unknown, commandNames);
  const best = option !== undefined ? `--${option}` : command;
  return best === undefined ? '' : `. Did you mean ${best}?`;
};

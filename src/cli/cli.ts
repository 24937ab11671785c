import yargs, { type Argv } from 'yargs';
import { version } from '../control/version.js';
import { shown } from '../faults/params.js';
import { Problem } from '../model/problem.js';
import { didYouMean, nearest } from '../wire/nearest.js';
import { ca } from './commands/ca.js';
import { compare } from './commands/compare.js';
import { doctor } from './commands/doctor.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { faults } from './commands/faults.js';
import { findings } from './commands/findings.js';
import { importCommand } from './commands/import.js';
import { inspect } from './commands/inspect.js';
import { open } from './commands/open.js';
import { replay } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { start } from './commands/start.js';
import { splitRunWords } from './run-words.js';
import { withNoProxy } from './way-out-flags.js';

const commandNames = [
  'start',
  'run',
  'open',
  'doctor',
  'explain',
  'inspect',
  'compare',
  'export',
  'import',
  'replay',
  'faults',
  'findings',
  'ca',
];

/** Of the commands that have commands of their own. */
const subcommands: Readonly<Record<string, readonly string[]>> = { ca: ['path', 'export', 'install', 'uninstall', 'rotate'] };

/** The whole command line. A wrong use throws a Problem (SHK_USAGE). */
export const createCli = (typed: readonly string[]): Argv => {
  const { own, command } = splitRunWords(typed);
  const words = withNoProxy(own);
  const cli: Argv = yargs(words)
    .scriptName('shakedown')
    .usage('$0 <command>\n\nSays why a WebSocket handshake failed, makes each failure happen on demand, and replays it.')
    .command(start)
    .command(runCommand(command ?? []))
    .command(open)
    .command(doctor)
    .command(explainCommand)
    .command(inspect)
    .command(compare)
    .command(exportCommand)
    .command(importCommand)
    .command(replay)
    .command(faults)
    .command(findings)
    .command(ca)
    .option('color', { type: 'boolean', describe: '--no-color: no colour, as with NO_COLOR' })
    .strict()
    .version(version)
    .help()
    .alias('h', 'help')
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .epilogue('Start with: shakedown start')
    .locale('en')
    .exitProcess(false)
    .fail((message, error) => {
      // yargs throws its own complaints about values (`--ready-file` without one) and passes those of a command's handler through.
      if (error && error.name !== 'YError') throw error;
      throw new Problem('SHK_USAGE', complaint(message, words, flagsOf(cli)), 'See: shakedown --help');
    });
  return cli;
};

/** The flags of the command at hand. yargs' typings leave out what its own help is made from. */
const flagsOf = (cli: Argv): readonly string[] =>
  Object.keys((cli as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions().key).filter((name) => name.length > 1);

/** yargs' message, or a better one with the nearest right word where it did not know one. */
const complaint = (message: string, words: readonly string[], flags: readonly string[]): string => {
  const bare = /^Not enough arguments following: (\S+)$/.exec(message)?.[1];
  if (bare !== undefined) return `--${bare} needs a value.`;
  const [command = '', subcommand = ''] = words;
  const known = subcommands[command];
  if (known && subcommand !== '' && !subcommand.startsWith('-') && !known.includes(subcommand)) {
    return `There is no command ${command} ${shown(subcommand)}${didYouMean(subcommand, known) || `; there are ${known.join(', ')}.`}`;
  }
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1]?.trim();
  if (unknown === undefined) return message;
  // `start` is the default command, so yargs takes a misspelt command for an argument of it.
  if (words.includes(unknown)) {
    const isCommand = words[0] === unknown || !commandNames.includes(words[0] ?? '');
    return isCommand ? `There is no command ${shown(unknown)}${didYouMean(unknown, commandNames) || '.'}` : `${message}.`;
  }
  const meant = nearest(unknown, flags);
  return `There is no flag ${unknown.length === 1 ? '-' : '--'}${shown(unknown)}${meant === undefined ? '.' : `; did you mean --${meant}?`}`;
};

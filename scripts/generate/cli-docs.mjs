// @ts-check
import { jsonSections } from './cli-json.mjs';
import { anchor, built, code, fence, notice, page, table } from './markdown.mjs';
import { runCli } from './run-cli.mjs';

const intro = `\`shakedown\` alone is \`shakedown start\`. Flags are strict: an unknown one is an error with a suggestion. Results go to stdout, everything else to stderr. NO_COLOR
and \`--no-color\` turn colour off, and so does a stdout that is no terminal. Nothing that was captured reaches the terminal unescaped.`;

/** What each exit code means, by its name in src/cli/exit-code.ts. @type {Readonly<Record<string, string>>} */
const meanings = {
  ok: 'It went well. `start` that was ended from its own UI, and `open` when its browser was closed, too.',
  failed:
    'The thing asked about failed: a replay differs from what was recorded, two that were compared differ from each other, an export chose no exchange. Also an error that no other code has a place for.',
  usage: 'Wrong usage: an unknown flag or command, a value that cannot be, an unknown fault or finding. Nothing was started.',
  cannotStart:
    'It could not start: the port is taken, the CA or the recording cannot be read or written, the browser was not found or ended with an error.',
  interrupted: 'Ended by Ctrl-C (SIGINT). The recording is complete.',
  terminated: 'Ended by SIGTERM or SIGHUP. The recording is complete.',
};

/** @type {import('../generate.mjs').Product} */
export const cliDocs = {
  path: 'docs/cli.md',
  from: 'dist',
  make: async (root) => {
    const top = await runCli(root, ['--help']);
    const commands = commandsIn(top, 'shakedown');
    if (commands.length === 0) throw new Error('`shakedown --help` lists no commands.');
    const helps = await Promise.all(commands.map((name) => runCli(root, [name, '--help'])));
    const sections = await Promise.all(commands.map((name, at) => section(root, name, helps[at] ?? '')));
    return page([
      notice,
      '# Commands',
      intro,
      table(
        ['command', 'does'],
        commands.map((name, at) => [`[${code(name)}](#${anchor(name)})`, aboutOf(helps[at] ?? '')]),
      ),
      ...sections.flat(),
      '## Exit codes',
      exitCodeTable((await built(root, 'cli/exit-code.js')).exitCodes),
      ...(await jsonSections(root)),
    ]);
  },
};

/** The commands that a help text lists below another. @param {string} help @param {string} above */
const commandsIn = (help, above) => {
  const listed = /\nCommands:\n([\s\S]*?)\n\n/.exec(help)?.[1] ?? '';
  return [...listed.matchAll(new RegExp(`^ {2}${above} (\\w+)`, 'gm'))].map(([, name]) => name ?? '');
};

/** A command's help, and that of its own commands. @param {string} root @param {string} name @param {string} help */
const section = async (root, name, help) => {
  const own = commandsIn(help, `shakedown ${name}`);
  const helps = await Promise.all(own.map((sub) => runCli(root, [name, sub, '--help'])));
  return [
    `## ${name}`,
    fence('', help.trimEnd()),
    ...own.flatMap((sub, at) => [`### ${name} ${sub}`, fence('', (helps[at] ?? '').trimEnd())]),
  ];
};

/** The sentence of a help text, which stands between its usage line and its first heading. @param {string} help */
const aboutOf = (help) =>
  help
    .split(/\n\n/)
    .slice(1)
    .find((block) => !/^\w+:$/m.test(block.split('\n')[0] ?? ''))
    ?.replace(/\s+/g, ' ')
    .trim() ?? '';

/** @param {Readonly<Record<string, number>>} exitCodes */
const exitCodeTable = (exitCodes) => {
  const rows = Object.entries(exitCodes).map(([name, number]) => {
    const meaning = meanings[name];
    if (meaning === undefined) throw new Error(`scripts/generate/cli-docs.mjs has no meaning for the exit code ${name}.`);
    return [code(number), meaning];
  });
  const theirs = [
    ['its own', '`run`: the code with which the command ended.'],
    ['126, 127', '`run`: the command cannot be run; the command was not found.'],
    ['128 + n', '`run`: the command died of signal n.'],
  ];
  return table(['code', 'meaning'], [...rows, ...theirs]);
};

import type { CommandModule } from 'yargs';
import { compileFilter } from '../../filter/filter.js';
import type { ExportFormat } from '../../formats/format.js';
import { Problem } from '../../model/problem.js';
import { allFormats, exportFormats, formatList, formatNamed, formatOfFile } from '../../views/export-formats.js';
import { plain } from '../../views/paint.js';
import { exitCodes } from '../exit-code.js';
import { createOutput } from '../output.js';
import type { ExportRequest } from '../run-export.js';

interface ExportFlags {
  readonly file: string;
  readonly id?: readonly string[] | undefined;
  readonly exchange?: readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly filter?: string | undefined;
  readonly redact?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** What is written where nothing says otherwise: the format that most tools open. */
const usual = 'har';

export const exportCommand: CommandModule<object, ExportFlags> = {
  command: 'export <file> [id..]',
  describe: 'a recording for other tools: as HAR, CSV, commands and more, with its secrets replaced',
  builder: (args) =>
    args
      .positional('file', { type: 'string', demandOption: true, describe: 'a recording (.jsonl)' })
      .positional('id', { type: 'string', array: true, describe: 'ids of exchanges (default: all)' })
      .option('format', {
        alias: 'f',
        type: 'string',
        requiresArg: true,
        describe: `${exportFormats.map(({ id }) => id).join(', ')} (default: what the name of --out says, else ${usual})`,
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'the file to write (default: stdout); only its owner can read it',
      })
      .option('force', { type: 'boolean', default: false, describe: 'write over a file that is there' })
      .option('exchange', { type: 'string', array: true, requiresArg: true, describe: 'an id, as behind FILE; repeatable' })
      .option('filter', {
        type: 'string',
        requiresArg: true,
        describe: "only the exchanges that fit, as 'status >= 400'; see docs/filter.md",
      })
      .option('redact', { type: 'boolean', default: true, describe: '--no-redact: keep cookies, tokens and other secrets' })
      .option('json', { type: 'boolean', default: false, describe: 'with --out: one JSON object that says what was written' })
      .example('$0 export session.jsonl -f curl 3', 'the third exchange as a curl command')
      .example('$0 export session.jsonl -o messages.csv', 'every message, for a spreadsheet')
      .example("$0 export session.jsonl -f jsonl --filter 'host ~ api' | jq .text", 'the messages of some exchanges'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const { file, redact = true, force = false, json = false } = flags;
    const out = flags.out === '-' ? undefined : flags.out;
    if (json && out === undefined)
      throw new Problem(
        'SHK_USAGE',
        '--json tells what was written to a file, and there is none.',
        'Give --out FILE, or leave --json away.',
      );
    const filter = flags.filter === undefined ? null : compileFilter(flags.filter);
    const request: ExportRequest = {
      file,
      ids: [...(flags.id ?? []), ...(flags.exchange ?? [])],
      filter,
      redact,
      force,
      out,
      formatFor: (source) => formatFor(flags.format, out, source),
    };
    const { runExport } = await import('../run-export.js');
    const written = await runExport(request, { output, note: (text) => output.note(`shakedown: ${plain(text)}`) });
    if (written === null) process.exitCode = exitCodes.failed;
    else if (json) output.line(JSON.stringify(written));
  },
};

const formatFor = async (named: string | undefined, out: string | undefined, source: string): Promise<ExportFormat> => {
  const format = named === undefined ? await unnamed(out, source) : await formatNamed(named, source);
  if (format.binary && out === undefined && process.stdout.isTTY === true) {
    throw new Problem(
      'SHK_USAGE',
      `${format.id} is a binary format, which a terminal cannot show.`,
      `Give --out FILE.${format.extension}, or send it into a pipe.`,
    );
  }
  return format;
};

const unnamed = async (out: string | undefined, source: string): Promise<ExportFormat> => {
  const meant = out === undefined ? undefined : await formatOfFile(out, source);
  if (meant) return meant;
  if (out !== undefined)
    throw new Problem(
      'SHK_USAGE',
      `The name ${out} does not say which format to write.`,
      `Give --format.\n  ${formatList(await allFormats())}`,
    );
  if (process.stdout.isTTY === true)
    throw new Problem(
      'SHK_USAGE',
      'Which format?',
      `Give --format, or --out with a name that says it.\n  ${formatList(await allFormats())}`,
    );
  return formatNamed(usual, source);
};

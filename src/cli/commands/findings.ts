import type { CommandModule } from 'yargs';
import type { FindingPage } from '../../control/finding-page.js';
import { Problem } from '../../model/problem.js';
import { nearest } from '../../wire/nearest.js';
import { createOutput, wantsColour } from '../output.js';

interface FindingsFlags {
  readonly code?: string | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const findings: CommandModule<object, FindingsFlags> = {
  command: 'findings [code]',
  describe: 'the catalogue of findings, or one: what proves it, its look-alikes, its fixes',
  builder: (args) =>
    args
      .positional('code', { type: 'string', describe: 'code of one finding' })
      .option('json', { type: 'boolean', default: false, describe: 'an array of objects' })
      .example('$0 findings', 'every finding in a line')
      .example('$0 findings origin.rejected', 'one finding in full: its proof, its look-alikes, what clients say, how to mend it'),
  handler: async ({ code, json, color }) => {
    // Hundreds of files: only who asks for them waits for them.
    const [{ findingPages }, { findingPageLines }, { ansi }] = await Promise.all([
      import('../../control/finding-page.js'),
      import('../../views/finding-page.js'),
      import('../../views/lines/ansi.js'),
    ]);
    const { line, colour } = createOutput({ colour: !json && wantsColour(color) });
    const pages = findingPages();
    const chosen = code === undefined ? pages : [find(pages, code)];
    if (json) line(JSON.stringify(chosen));
    else if (code === undefined) for (const page of pages) line(`${page.code.padEnd(38)} ${page.title}`);
    else for (const page of chosen) for (const row of findingPageLines(page, widthOf(process.stdout.columns))) line(ansi(row, colour));
  },
};

const widthOf = (columns: number | undefined): number => Math.max(40, Math.min(100, columns ?? 80));

const find = (pages: readonly FindingPage[], code: string): FindingPage => {
  const page = pages.find((candidate) => candidate.code === code);
  if (page) return page;
  const near = nearest(
    code,
    pages.map((candidate) => candidate.code),
  );
  throw new Problem(
    'SHK_USAGE',
    `There is no finding ${JSON.stringify(code)}${near ? `; did you mean ${near}?` : '.'}`,
    'List them: shakedown findings',
  );
};

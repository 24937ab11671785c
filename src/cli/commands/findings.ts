import type { CommandModule } from 'yargs';
import type { Rule } from '../../diagnosis/rule.js';
import { fixText } from '../../model/finding.js';
import { Problem } from '../../model/problem.js';
import { nearest } from '../../wire/nearest.js';
import { createOutput } from '../output.js';

export const findings: CommandModule<object, { readonly code?: string | undefined; readonly json?: boolean | undefined }> = {
  command: 'findings [code]',
  describe: 'the catalogue of findings, or one: what proves it, its look-alikes, its fixes',
  builder: (args) =>
    args
      .positional('code', { type: 'string', describe: 'code of one finding' })
      .option('json', { type: 'boolean', default: false, describe: 'an array of objects' })
      .example('$0 findings', 'every finding in a line')
      .example('$0 findings origin.rejected', 'one finding in full'),
  handler: async ({ code, json }) => {
    // A hundred files: only who asks for them waits for them.
    const { rules } = await import('../../diagnosis/catalogue.js');
    const { line } = createOutput({ colour: false });
    const chosen = code === undefined ? rules : [find(rules, code)];
    if (json) line(JSON.stringify(chosen.map(asJson)));
    else if (code === undefined) for (const rule of rules) line(`${rule.code.padEnd(36)} ${rule.title}`);
    else for (const rule of chosen) line(inFull(rule));
  },
};

const find = (rules: readonly Rule[], code: string): Rule => {
  const rule = rules.find((candidate) => candidate.code === code);
  if (rule) return rule;
  const near = nearest(
    code,
    rules.map((candidate) => candidate.code),
  );
  throw new Problem(
    'SHK_USAGE',
    `There is no finding ${JSON.stringify(code)}${near ? `; did you mean ${near}?` : '.'}`,
    'List them: shakedown findings',
  );
};

const asJson = ({ code, cause, severity, title, question, remedy, fixes, rfc }: Rule) => ({
  code,
  cause,
  severity,
  title,
  question,
  remedy,
  fixes,
  rfc,
});

const inFull = ({ code, cause, title, question, remedy, fixes, rfc }: Rule): string =>
  [
    `${code} (${cause}): ${title}`,
    '',
    `It asks: ${question}`,
    `Remedy: ${remedy}`,
    ...(rfc ? [rfc] : []),
    ...fixes.flatMap((fix) => [
      '',
      `${fix.for}: ${fixText(fix)}`,
      ...(fix.config ? fix.config.split('\n').map((text) => `    ${text}`) : []),
    ]),
  ].join('\n');

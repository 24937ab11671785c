import type { CommandModule } from 'yargs';
import { faults as catalogue } from '../../faults/catalogue.js';
import type { Fault } from '../../faults/fault.js';
import { faultJson } from '../../faults/fault-json.js';
import { findFault } from '../../faults/find.js';
import { createOutput } from '../output.js';

export const faults: CommandModule<object, { readonly id?: string | undefined; readonly json?: boolean | undefined }> = {
  command: 'faults [id]',
  describe: 'the catalogue of faults, or one: what it does, its parameters, what a client should observe',
  builder: (args) =>
    args
      .positional('id', { type: 'string', describe: 'id of one fault' })
      .option('json', { type: 'boolean', default: false, describe: 'an array of objects' })
      .example('$0 faults', 'every fault in a line')
      .example('$0 faults bad-cert', 'one fault in full'),
  handler: ({ id, json }) => {
    const { line } = createOutput({ colour: false });
    const chosen = id === undefined ? catalogue : [findFault(id)];
    if (json) line(JSON.stringify(chosen.map(faultJson)));
    else if (id === undefined)
      for (const fault of catalogue) line(`${fault.id.padEnd(18)} ${fault.stage.padEnd(11)} ${fault.leg.padEnd(7)} ${fault.title}`);
    else for (const fault of chosen) line(inFull(fault));
  },
};

const inFull = ({ id, stage, leg, title, about, imitates, params, example, expects, effects }: Fault): string =>
  [
    `${id}: ${title}`,
    '',
    about,
    `In real life: ${imitates}`,
    `Stage ${stage}, on the ${leg} leg.`,
    '',
    'Parameters:',
    ...Object.entries(params).map(
      ([name, { type, default: value, about: text, choices }]) =>
        `  ${name} (${choices ? choices.join('|') : type}, default ${value}): ${text}`,
    ),
    '',
    `Example: shakedown start --fault '${example}'`,
    `Findings to expect: ${expects.join(', ')}`,
    '',
    'What clients see:',
    ...effects.map(({ client, sees }) => `  ${client}: ${sees}`),
  ].join('\n');

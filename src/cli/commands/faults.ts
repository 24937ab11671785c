import type { CommandModule } from 'yargs';
import type { FaultsFlags } from '../print-faults.js';

export const faults: CommandModule<object, FaultsFlags> = {
  command: 'faults [id]',
  describe: 'the catalogue of faults, or one: what it does, its parameters, what a client should observe',
  builder: (args) =>
    args
      .positional('id', { type: 'string', describe: 'id of one fault, or of a scenario' })
      .option('scenarios', { type: 'boolean', default: false, describe: 'the scenarios in place of the faults: named bundles of them' })
      .option('json', { type: 'boolean', default: false, describe: 'an array of objects' })
      .example('$0 faults', 'every fault in a line')
      .example('$0 faults bad-cert', 'one fault in full')
      .example('$0 faults --scenarios', 'every scenario in a line'),
  handler: async (flags) => {
    // The catalogue is some 280 files: only who asks for it waits for it.
    const { printFaults } = await import('../print-faults.js');
    printFaults(flags);
  },
};

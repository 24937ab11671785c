import type { CommandModule } from 'yargs';
import { isInstalled, machineFacts, storeCertificate } from '../../../authority/trust-machine.js';
import { type StoreKind, storeKinds, storeOf } from '../../../authority/trust-stores.js';
import { retiredCertificates, rotateVault } from '../../../authority/vault.js';
import { usersOf } from '../../../authority/vault-use.js';
import { systemClock } from '../../../control/system-clock.js';
import { Problem } from '../../../model/problem.js';
import { createOutput } from '../../output.js';
import { type CaFlags, caFolder } from './own-vault.js';
import { asJson } from './path.js';

interface RotateFlags extends CaFlags {
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

export const caRotate: CommandModule<object, RotateFlags> = {
  command: 'rotate',
  describe: 'makes a new authority in place of this one; whoever trusted the old one must be told again',
  builder: (args) =>
    args
      .option('force', { type: 'boolean', default: false, describe: 'also while a running shakedown uses the old one' })
      .option('json', { type: 'boolean', default: false, describe: 'the new authority, as `ca path --json` prints it' })
      .example('$0 ca rotate', 'after its key may have been read by someone else'),
  handler: async (flags) => {
    const { line, note } = createOutput({ colour: false });
    const dir = caFolder(flags);
    const users = await usersOf(dir);
    if (users.length > 0 && !flags.force)
      throw new Problem(
        'SHK_STORE',
        `A running shakedown uses this authority (process and machine: ${users.slice(0, 5).join(', ')}).`,
        'Stop it first; with --force it goes on with the old authority until it is started again.',
      );
    const vault = await rotateVault({ dir, clock: systemClock });
    const left = await storesWithRetired(dir);
    note(
      `A new authority was made; clients must be told to trust ${vault.certPath}, until ${new Date(vault.certificate.validTo).toISOString().slice(0, 10)}.`,
    );
    for (const text of vault.notices) note(text);
    for (const kind of left) {
      const flag = kind === 'nss' ? ' --store nss' : '';
      note(`An old one is still in a trust store: shakedown ca uninstall${flag}, then shakedown ca install${flag}`);
    }
    if (users.length > 0) note('The shakedown that runs goes on with the old authority: start it again.');
    line(flags.json ? JSON.stringify(await asJson(vault)) : vault.certPath);
  },
};

const storesWithRetired = async (dir: string): Promise<readonly StoreKind[]> => {
  const facts = machineFacts();
  const retired = (await retiredCertificates(dir)).map(({ path, certPem }) => storeCertificate(path, certPem));
  const found: StoreKind[] = [];
  for (const kind of storeKinds) {
    const store = storeOf(kind, facts);
    for (const certificate of store ? retired : []) {
      if (store && !found.includes(kind) && (await isInstalled(store, certificate, facts))) found.push(kind);
    }
  }
  return found;
};

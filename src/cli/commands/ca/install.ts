import type { Argv, CommandModule } from 'yargs';
import { commandLine, isInstalled, isRoot, machineFacts, runCommands, storeCertificate } from '../../../authority/trust-machine.js';
import { type Command, type StoreFacts, type StoreKind, storeKinds, storeOf, type TrustStore } from '../../../authority/trust-stores.js';
import { peekVault, retiredCertificates } from '../../../authority/vault.js';
import { Problem } from '../../../model/problem.js';
import { askYes } from '../../ask.js';
import { one } from '../../engine-flags.js';
import { exitCodes } from '../../exit-code.js';
import { createOutput, type Output } from '../../output.js';
import { type CaFlags, caFolder, ownVault } from './own-vault.js';

interface StoreFlags extends CaFlags {
  readonly store: StoreKind;
  readonly yes?: boolean | undefined;
}

const storeFlags = <T>(args: Argv<T>) =>
  args
    .option('store', {
      choices: storeKinds,
      default: 'system' as const,
      describe: "the system's trust store, or the NSS database of this user, which Chromium on Linux reads",
    })
    .option('yes', { type: 'boolean', default: false, describe: 'do not ask' });

export const caInstall: CommandModule<object, StoreFlags> = {
  command: 'install',
  describe: 'puts the certificate into a trust store; shows the commands and asks first',
  builder: (args) =>
    storeFlags(args)
      .example('$0 ca install', 'what this system would do, and whether to do it')
      .example('$0 ca install --store nss --yes', 'Chromium on Linux, in a script'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const { store, facts } = storeAtHand(flags.store);
    const { certPath, certPem } = await ownVault(flags, output);
    const certificate = storeCertificate(certPath, certPem);
    if (await isInstalled(store, certificate, facts)) {
      output.note(`${certPath} is in ${store.title} already.`);
      return;
    }
    process.exitCode = await carryOut(store.install(certificate, facts), {
      ...{ flags, store, output },
      about: `This lets shakedown read the TLS of whoever reads ${store.title}: ${store.readers}.`,
      done: `${certPath} is in ${store.title}. \`shakedown ca uninstall${flags.store === 'nss' ? ' --store nss' : ''}\` takes it out again.`,
    });
  },
};

export const caUninstall: CommandModule<object, StoreFlags> = {
  command: 'uninstall',
  describe: 'takes the certificate out of a trust store, and those before it; shows the commands and asks first',
  builder: (args) => storeFlags(args).example('$0 ca uninstall --store nss', 'Chromium on Linux'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const { store, facts } = storeAtHand(flags.store);
    const dir = caFolder(flags);
    const vault = await peekVault(dir);
    const known = [
      ...(vault ? [storeCertificate(vault.certPath, vault.certPem)] : []),
      ...(await retiredCertificates(dir)).map(({ path, certPem }) => storeCertificate(path, certPem)),
    ];
    const commands: Command[] = [];
    for (const certificate of known) {
      if (await isInstalled(store, certificate, facts)) commands.push(...store.uninstall(certificate, facts));
    }
    if (commands.length === 0) {
      output.note(`No authority of ${dir} is in ${store.title}.`);
      return;
    }
    process.exitCode = await carryOut(once(commands), {
      ...{ flags, store, output },
      about: `This takes shakedown's authority out of ${store.title}.`,
      done: `It is out of ${store.title}.`,
    });
  },
};

const storeAtHand = (kind: StoreKind): { readonly store: TrustStore; readonly facts: StoreFacts } => {
  one('store', kind);
  const facts = machineFacts();
  const store = storeOf(kind, facts);
  if (store) return { store, facts };
  throw kind === 'nss'
    ? new Problem(
        'SHK_STORE',
        'There is no certutil here, the program that NSS databases are changed with.',
        'Install it: libnss3-tools on Debian and Ubuntu, nss-tools on Fedora, nss on Arch.',
      )
    : new Problem(
        'SHK_STORE',
        'This system has no trust store that shakedown knows.',
        'Add the certificate by hand; its path: shakedown ca path',
      );
};

/** Each command once: several certificates leave one store in one update. */
const once = (commands: readonly Command[]): readonly Command[] => {
  const lines = commands.map(commandLine);
  return commands.filter((_, at) => lines.lastIndexOf(lines[at] ?? '') === at);
};

/** Shows the commands, asks, runs them. Nothing is done unasked, and nobody becomes root here. */
const carryOut = async (
  commands: readonly Command[],
  to: {
    readonly flags: StoreFlags;
    readonly store: TrustStore;
    readonly output: Output;
    readonly about: string;
    readonly done: string;
  },
): Promise<number> => {
  const { flags, store, output, about, done } = to;
  const barred = store.needsRoot && !isRoot();
  output.note(about);
  output.note(barred ? 'The commands, for root to run:' : 'The commands:');
  for (const command of commands) output.line(`  ${barred ? 'sudo ' : ''}${commandLine(command)}`);
  if (barred) {
    output.note(`${store.title} belongs to root, and this is not root: run them by hand. Nothing was done.`);
    return exitCodes.failed;
  }
  if (!flags.yes) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      output.note('Nothing was done: this is no terminal to ask on. --yes runs them without asking.');
      return exitCodes.usage;
    }
    if (!(await askYes('Run them?'))) {
      output.note('Nothing was done.');
      return exitCodes.failed;
    }
  }
  await runCommands(commands);
  output.note(done);
  return exitCodes.ok;
};

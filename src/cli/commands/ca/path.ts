import type { CommandModule } from 'yargs';
import { isInstalled, machineFacts, storeCertificate } from '../../../authority/trust-machine.js';
import { storeKinds, storeOf } from '../../../authority/trust-stores.js';
import type { Vault } from '../../../authority/vault.js';
import { createOutput } from '../../output.js';
import { type CaFlags, ownVault } from './own-vault.js';

export const caPath: CommandModule<object, CaFlags & { readonly json?: boolean | undefined }> = {
  command: 'path',
  describe: "the path of the authority's certificate, PEM; it is made when there is none yet",
  builder: (args) =>
    args
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'one object: path, fingerprint, subject, notBefore, notAfter, installed',
      })
      .example('curl --cacert "$($0 ca path)" ...', 'trust for one call')
      .example('$0 ca path --json', 'also its fingerprint, its dates, and the trust stores that hold it'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const vault = await ownVault(flags, output);
    output.line(flags.json ? JSON.stringify(await asJson(vault)) : vault.certPath);
  },
};

/** What is promised of an authority in JSON. `installed` has the stores of this machine that hold it. */
export const asJson = async ({ certPath, certPem, certificate }: Vault) => {
  const facts = machineFacts();
  const own = storeCertificate(certPath, certPem);
  const installed = [];
  for (const kind of storeKinds) {
    const store = storeOf(kind, facts);
    if (store && (await isInstalled(store, own, facts))) installed.push({ store: kind, title: store.title });
  }
  return {
    path: certPath,
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject.replaceAll('\n', ', '),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    installed,
  };
};

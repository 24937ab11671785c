import type { CommandModule } from 'yargs';
import type { Vault } from '../../../authority/vault.js';
import { systemClock } from '../../../control/system-clock.js';
import { Problem } from '../../../model/problem.js';
import { one } from '../../engine-flags.js';
import { writeOutFile } from '../../out-file.js';
import { createOutput } from '../../output.js';
import { type CaFlags, ownVault } from './own-vault.js';

const formats = ['pem', 'der', 'p12'] as const;

interface ExportFlags extends CaFlags {
  readonly format: (typeof formats)[number];
  readonly out?: string | undefined;
  readonly password: string;
  readonly client?: string | undefined;
}

export const caExport: CommandModule<object, ExportFlags> = {
  command: 'export',
  describe: "the authority's certificate in another form, or a client certificate that it signs; never the authority's key",
  builder: (args) =>
    args
      .option('format', { choices: formats, default: 'pem' as const, describe: 'p12 is a trust store with the certificate alone' })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write (default: stdout)' })
      .option('password', { type: 'string', requiresArg: true, default: 'changeit', describe: 'password of a p12' })
      .option('client', {
        type: 'string',
        requiresArg: true,
        describe: 'a client certificate of this name with a new key, for servers that ask for one; pem or p12',
      })
      .example('$0 ca export --format p12 --out shakedown.p12', 'a trust store for Java')
      .example('$0 ca export --format der --out shakedown.crt', 'for Windows and phones')
      .example('$0 ca export --client alice --out alice.pem', 'to authenticate with, where a server trusts this authority'),
  handler: async (flags) => {
    for (const flag of ['out', 'format', 'client', 'password'] as const) one(flag, flags[flag]);
    const { out, format, client } = flags;
    // In a p12 a password is UTF-16, in PBES2 inside it bytes: readers agree on ASCII alone.
    if (!/^[\x20-\x7e]+$/.test(flags.password))
      throw new Problem('SHK_USAGE', '--password takes printable ASCII characters only.', 'Example: --password changeit');
    if (client !== undefined && format === 'der')
      throw new Problem(
        'SHK_USAGE',
        'A client certificate goes with its key, and der holds a certificate alone.',
        'Take --format pem or p12.',
      );
    if (out === undefined && format !== 'pem' && process.stdout.isTTY)
      throw new Problem('SHK_USAGE', `A terminal cannot show ${format}.`, 'Give --out FILE, or send stdout into a file.');
    const output = createOutput({ colour: false });
    const vault = await ownVault(flags, output);
    const bytes = await (client === undefined ? authorityAs(vault, flags) : identityAs(vault, client, flags));
    if (out === undefined) process.stdout.write(bytes);
    else {
      await writeOutFile(out, bytes, { secret: client !== undefined });
      output.note(`Wrote ${out}${client === undefined ? '' : ', with a private key in it'}.`);
    }
  },
};

const authorityAs = async ({ certPem, certificate }: Vault, { format, password }: ExportFlags): Promise<Buffer> => {
  if (format === 'pem') return Buffer.from(certPem);
  if (format === 'der') return certificate.raw;
  const { trustStoreFile } = await import('../../../authority/pkcs12.js');
  return trustStoreFile(certPem, { name: 'shakedown', password });
};

const identityAs = async (vault: Vault, name: string, { format, password }: ExportFlags): Promise<Buffer> => {
  const [{ createAuthority }, { identityFile }] = await Promise.all([
    import('../../../authority/authority.js'),
    import('../../../authority/pkcs12.js'),
  ]);
  const { certPem, keyPem } = createAuthority(vault, { clock: systemClock }).clientCertificate(name);
  return format === 'pem'
    ? Buffer.from(`${certPem}${keyPem}`)
    : identityFile({ certPem, keyPem, caPem: vault.certPem }, { name, password });
};

import { join } from 'node:path';
import { createAuthority } from '../../../src/authority/authority.js';
import { openVault } from '../../../src/authority/vault.js';

const clock = { now: () => Date.now() };

/** A CA of the test servers' own, which is not shakedown's: what `--upstream-ca` names, and a certificate for localhost under it. */
export const serverAuthority = async (folder: string) => {
  const authority = createAuthority(await openVault({ dir: join(folder, 'server-ca'), clock }), { clock });
  const { serverOptions } = await authority.leaf({ host: 'localhost', recipe: 'good' });
  return { caPath: authority.caPath, caPem: authority.caPem, tls: serverOptions };
};

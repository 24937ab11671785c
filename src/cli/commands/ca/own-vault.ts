import { join, resolve } from 'node:path';
import { expiryWarning, openVault, peekVault, type Vault } from '../../../authority/vault.js';
import { systemClock } from '../../../control/system-clock.js';
import { one, userDataFolder } from '../../engine-flags.js';
import type { Output } from '../../output.js';

export interface CaFlags {
  readonly caDir?: string | undefined;
}

/** The folder that `start` would use with the same flag. */
export const caFolder = ({ caDir }: CaFlags): string =>
  caDir === undefined ? join(userDataFolder(), 'ca') : resolve(one('ca-dir', caDir) ?? '');

/**
 * The authority as it stands; made when there is none yet, and never renewed: only `start` and `rotate` may change what clients trust. What is
 * to be said of it goes to stderr.
 */
export const ownVault = async (flags: CaFlags, { note }: Pick<Output, 'note'>): Promise<Vault> => {
  const dir = caFolder(flags);
  const vault = (await peekVault(dir)) ?? (await openVault({ dir, clock: systemClock }));
  for (const text of vault.notices) note(text);
  const warning = expiryWarning(vault, systemClock);
  if (warning !== null) note(warning);
  return vault;
};

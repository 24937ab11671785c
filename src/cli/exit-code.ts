import { Problem } from '../model/problem.js';

/** Exit codes, as product.md promises them. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, cannotStart: 3, interrupted: 130, terminated: 143 } as const;

/** What a problem makes of a command. */
export const exitCodeOf = (thrown: unknown): number => {
  if (!(thrown instanceof Problem)) return exitCodes.failed;
  switch (thrown.code) {
    case 'SHK_USAGE':
    case 'SHK_FAULT':
    case 'SHK_NOT_FOUND':
      return exitCodes.usage;
    case 'SHK_LISTEN':
    case 'SHK_CA':
    case 'SHK_RECORDING':
    case 'SHK_BROWSER':
      return exitCodes.cannotStart;
    default:
      return exitCodes.failed;
  }
};

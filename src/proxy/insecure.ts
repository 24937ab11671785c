import type { River } from './river.js';

/** True when the user accepts this host's bad certificate. */
export const isInsecure = (river: River, host: string): boolean =>
  river.options.insecure.some((name) => name === '*' || name.toLowerCase() === host.toLowerCase());

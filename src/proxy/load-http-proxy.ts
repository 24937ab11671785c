import util from 'node:util';

/**
 * Loads http-proxy when the first plain request comes: most runs see none. It takes `util._extend` at load, which Node 22 and later answer with
 * a deprecation warning on the user's screen (DEP0060); for that moment it is what it does.
 */
export const loadHttpProxy = async (): Promise<typeof import('http-proxy')> => {
  const holder = util as { _extend?: unknown };
  const before = Object.getOwnPropertyDescriptor(holder, '_extend');
  Object.defineProperty(holder, '_extend', { value: Object.assign, configurable: true, writable: true });
  try {
    return (await import('http-proxy')).default;
  } finally {
    if (before) Object.defineProperty(holder, '_extend', before);
  }
};

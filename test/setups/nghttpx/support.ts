import type { Grounds } from '../grounds.js';

/** nghttpx in clear before a port; gives the port of its own. */
export const nghttpxBefore = async (grounds: Grounds, backend: number): Promise<number> => {
  const port = await grounds.freePort();
  const conf = grounds.file('nghttpx.conf', '');
  const args = [
    `--conf=${conf}`,
    `--frontend=127.0.0.1,${port};no-tls`,
    `--backend=127.0.0.1,${backend}`,
    '--log-level=FATAL',
    '--workers=1',
  ];
  await grounds.run(grounds.program('nghttpx'), args, { port });
  return port;
};

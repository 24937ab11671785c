import type { Grounds } from '../grounds.js';
import { withPackages } from '../node-server.js';

/** `vite` in a folder with this in its configuration; gives its port. */
export const startVite = async (grounds: Grounds, config: string): Promise<number> => {
  withPackages(grounds);
  grounds.file('package.json', '{ "type": "module" }');
  grounds.file('index.html', '<!doctype html><title>an app</title>');
  grounds.file('vite.config.js', `export default {\n${config}\n};\n`);
  const port = await grounds.freePort();
  await grounds.run(process.execPath, ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {
    port,
  });
  return port;
};

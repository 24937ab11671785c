import type { Grounds } from '../grounds.js';
import { withPackages } from '../node-server.js';

/** `vite` in a folder with this in its configuration; gives its port. */
export const startVite = async (grounds: Grounds, config: string): Promise<number> => {
  withPackages(grounds);
  grounds.file('package.json', '{ "type": "module" }');
  grounds.file('index.html', '<!doctype html><title>an app</title>');
  // Its cache would lie in the project's own node_modules, where several that start at once would move it about.
  grounds.file('vite.config.js', `export default {\ncacheDir: './cache',\n${config}\n};\n`);
  const port = await grounds.freePort();
  await grounds.run(process.execPath, ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {
    port,
  });
  await answers(`http://127.0.0.1:${port}/@vite/client`);
  return port;
};

/** Vite tries its port out, lets it go, and takes it again. */
const answers = async (url: string): Promise<void> => {
  const last = Date.now() + 20_000;
  while (Date.now() < last) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Vite does not answer');
};

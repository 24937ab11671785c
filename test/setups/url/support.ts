import type { Grounds } from '../grounds.js';

/** Caddy without TLS, with these directives; gives its port. */
export const startCaddy = async (grounds: Grounds, directives: string): Promise<number> => {
  const port = await grounds.freePort();
  const path = grounds.file('Caddyfile', `{\n  admin off\n}\nhttp://127.0.0.1:${port} {\n  bind 127.0.0.1\n  ${directives}\n}\n`);
  const home = { HOME: grounds.folder, XDG_DATA_HOME: `${grounds.folder}/data`, XDG_CONFIG_HOME: `${grounds.folder}/config` };
  await grounds.run(grounds.program('caddy'), ['run', '--adapter', 'caddyfile', '--config', path], { port, env: home });
  return port;
};

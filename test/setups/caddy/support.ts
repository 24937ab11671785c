import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';

/** Caddy in the foreground, a site in clear with these directives; asked at /chat. */
export const caddyWith = async (grounds: Grounds, directives: string, site = 'http://'): Promise<Asking> => {
  const port = await grounds.freePort();
  const path = grounds.file('Caddyfile', `{\nadmin off\nauto_https off\n}\n${site}:${port} {\nbind 127.0.0.1\n${directives}\n}\n`);
  const env = { HOME: grounds.folder, XDG_DATA_HOME: grounds.folder, XDG_CONFIG_HOME: grounds.folder };
  await grounds.run(grounds.program('caddy'), ['run', '--adapter', 'caddyfile', '--config', path], { port, env });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

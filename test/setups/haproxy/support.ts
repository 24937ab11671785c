import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';

/** HAProxy in the foreground with this section as its front end (`bind` stands there already) and what comes behind it; asked at /chat. */
export const haproxyWith = async (
  grounds: Grounds,
  frontend: string,
  { global = '', defaults = '', rest = '' }: { readonly global?: string; readonly defaults?: string; readonly rest?: string } = {},
): Promise<Asking> => {
  const port = await grounds.freePort();
  const path = grounds.file(
    'haproxy.cfg',
    `global
${global}
defaults
mode http
retries 0
timeout connect 2s
timeout client 20s
timeout server 20s
${defaults}
frontend front
bind 127.0.0.1:${port}
${frontend}
${rest}
`,
  );
  await grounds.run(grounds.program('haproxy'), ['-db', '-f', path], { port });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

/** HAProxy before a port of this machine, with these lines in the back end. */
export const haproxyBefore = (grounds: Grounds, port: number, lines = '', global = ''): Promise<Asking> =>
  haproxyWith(grounds, 'default_backend app', { global, rest: `backend app\nserver one 127.0.0.1:${port}\n${lines}` });

import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';

const modules = '/usr/lib/apache2/modules';
const always = [
  'mpm_event',
  'authz_core',
  'authz_host',
  'authn_core',
  'authn_file',
  'authz_user',
  'auth_basic',
  'alias',
  'dir',
  'mime',
  'headers',
  'proxy',
  'proxy_http',
];

/** Debian's Apache in the foreground with these lines (and modules beside the usual ones of a reverse proxy); asked at /chat. */
export const apacheWith = async (
  grounds: Grounds,
  lines: string | ((port: number) => string),
  ...more: readonly string[]
): Promise<Asking> => {
  const port = await grounds.freePort();
  const path = grounds.file(
    'apache.conf',
    `ServerRoot ${grounds.folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${grounds.folder}/apache.pid
ErrorLog ${grounds.folder}/apache.log
User nobody
Group nogroup
${[...always, ...more].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
TypesConfig /dev/null
StartServers 1
${typeof lines === 'string' ? lines : lines(port)}
`,
  );
  await grounds.run(grounds.program('apache2'), ['-D', 'FOREGROUND', '-f', path], { port });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

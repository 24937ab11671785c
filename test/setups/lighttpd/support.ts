import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';

/** lighttpd in the foreground with these lines; asked at /chat. */
export const lighttpdWith = async (grounds: Grounds, lines: string): Promise<Asking> => {
  const port = await grounds.freePort();
  grounds.file('www/readme.txt', 'nothing here\n');
  const path = grounds.file(
    'lighttpd.conf',
    `server.document-root = "${grounds.folder}/www"\nserver.bind = "127.0.0.1"\nserver.port = ${port}\nserver.errorlog = "${grounds.folder}/lighttpd.log"\nserver.modules = ("mod_access", "mod_proxy")\n${lines}\n`,
  );
  await grounds.run(grounds.program('lighttpd'), ['-D', '-f', path], { port });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';

/** Varnish in the foreground before a port of this machine, with these subroutines; asked at /chat. */
export const varnishWith = async (grounds: Grounds, app: number, vcl: string): Promise<Asking> => {
  const port = await grounds.freePort();
  const path = grounds.file('site.vcl', `vcl 4.1;\nbackend default { .host = "127.0.0.1"; .port = "${app}"; }\n${vcl}\n`);
  const options = ['-F', '-a', `127.0.0.1:${port}`, '-f', path, '-n', `${grounds.folder}/varnish`, '-s', 'malloc,16m', '-T', 'none'];
  await grounds.run(grounds.program('varnishd'), options, { port });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

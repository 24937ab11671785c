import type { Argv } from 'yargs';
import { Problem } from '../model/problem.js';

/** The flags that say how the server leg leaves this machine. */
export const wayOutFlags = <T>(args: Argv<T>) =>
  args
    .option('upstream-proxy', {
      type: 'string',
      requiresArg: true,
      describe:
        'go out through another proxy: http://, https:// or socks5://, credentials in the URL; without a port 1080, https 443, as curl has it. HTTP_PROXY and the like are not read',
    })
    .option('no-proxy', {
      type: 'string',
      requiresArg: true,
      describe: 'hosts to reach without the upstream proxy: HOST, .SUFFIX, HOST:PORT, ADDRESS, NETWORK/BITS, *; comma list, repeatable',
    })
    .option('resolve', {
      type: 'string',
      requiresArg: true,
      describe: 'HOST=ADDR or HOST:PORT=ADDR[:PORT]: connect there, whatever the resolver says; repeatable',
    });

export interface WayOutFlags {
  readonly upstreamProxy?: string | undefined;
  readonly noProxy?: string | readonly string[] | undefined;
  readonly resolve?: string | readonly string[] | undefined;
}

/** yargs takes `--no-proxy HOST` for the negation of a flag `--proxy`, and leaves HOST over: the two words become `--no-proxy=HOST`. Throws a Problem (SHK_USAGE). */
export const withNoProxy = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') return [...joined, ...words.slice(at)];
    const next = words[at + 1] ?? '';
    if (word !== '--no-proxy') joined.push(word);
    else if (next === '' || next.startsWith('-'))
      throw new Problem('SHK_USAGE', '--no-proxy needs a value.', 'Example: --no-proxy localhost,.corp.example');
    else joined.push(`--no-proxy=${words[++at]}`);
  }
  return joined;
};

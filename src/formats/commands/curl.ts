import type { Exchange } from '../../model/exchange.js';
import { upstreamUrl } from '../../model/upstream.js';
import { type Command, commandFormat } from './command-format.js';
import { httpOrigin, type Request, requestOf } from './request.js';
import { shellLines, shellText, shellWord } from './shell.js';

const versions = { '1.0': '--http1.0', '1.1': '--http1.1', '2': '--http2' } as const;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What RFC 3986 lets stand in a path and a query; the rest is curl's to read, encode or refuse, so it is said apart from the URL. */
const plainPath = /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/;

/** The `-H` of each field that curl can send, and how many it cannot. */
const headerWords = (fields: Request['fields']): { words: string[]; lost: number } => {
  const words: string[] = [];
  let lost = 0;
  let hosts = 0;
  for (const [name, value] of fields) {
    if (name.toLowerCase() === 'host') hosts++;
    // curl would read `@name` as a file, and sends one Host.
    const sendable = token.test(name) && !(name.toLowerCase() === 'host' && hosts > 1);
    // A field without a value is written `Name;`: `Name:` takes a field away.
    const word = sendable ? shellWord(/^[ \t\v\f]*$/.test(value) ? `${name};` : `${name}: ${value}`) : null;
    if (word === null) lost++;
    else words.push(`-H ${word}`);
  }
  return { words, lost };
};

/** Fields that curl sends unasked, taken away where the recorded request has none. */
const silenced = (fields: Request['fields']): string[] =>
  ['Host', 'User-Agent', 'Accept']
    .filter((name) => !fields.some(([other]) => other.toLowerCase() === name.toLowerCase()))
    .map((name) => `-H '${name}:'`);

/** The same request again with curl, or a sentence why not. Made for curl 7.88, which knows no ws URL. */
export const curlCommand = (exchange: Exchange): Command => {
  const request = requestOf(exchange);
  if (typeof request === 'string') return { type: 'none', why: request };
  const { method, path, version, target, fields } = request;
  const origin = httpOrigin(target);
  const plain = plainPath.test(path);
  const url = shellText(plain ? origin + path : `${origin}/`);
  const asked = plain ? [] : ['--request-target', shellWord(path)];
  const how = method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['--request', shellWord(method)];
  if (url === null || [...asked, ...how].includes(null))
    return { type: 'none', why: 'its request line has a character that no command line can hold' };
  const { words, lost } = headerWords(fields);
  const notes = [...request.notes];
  if (lost > 0)
    notes.push(
      `${lost} of its fields ${lost === 1 ? 'is' : 'are'} left out: curl cannot send a second Host, a NUL, or a name that is none`,
    );
  if (exchange.server?.clientCertificate) notes.push('the server was shown a client certificate: add --cert and --key');
  const first = ['curl', version === '2' && origin.startsWith('http:') ? '--http2-prior-knowledge' : versions[version]];
  first.push('--include', '--no-buffer', '--globoff', '--path-as-is');
  if (request.insecure) first.push('--insecure');
  const lines = [
    first,
    ...way(exchange, notes),
    [...how, ...asked].filter((word) => word !== null),
    ...[...silenced(fields), ...words].map((word) => [word]),
    [url],
  ];
  return { type: 'command', text: shellLines(lines.filter((line) => line.length > 0)), notes };
};

/** Through the same upstream proxy. */
const way = ({ upstream }: Exchange, notes: string[]): string[][] => {
  if (!upstream) return [];
  const proxy = shellText(upstreamUrl(upstream.proxy).replace(/^socks5:/, 'socks5h:'));
  if (proxy === null) return [];
  notes.push('an upstream proxy was in between: where it wants credentials, add --proxy-user');
  return [['--proxy', proxy, ...(upstream.proxy.scheme === 'socks5' ? [] : ['--proxytunnel'])]];
};

export const curl = commandFormat(
  {
    id: 'curl',
    aliases: [],
    about: 'A curl command for each exchange, which sends its handshake or request again: for a terminal with a POSIX shell.',
  },
  ({ exchange }) => curlCommand(exchange),
);

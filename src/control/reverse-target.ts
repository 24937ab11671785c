import { Problem } from '../model/problem.js';
import type { Target } from '../model/target.js';
import type { Route } from '../proxy/reverse-routes.js';

const advice = 'Examples: --reverse ws://127.0.0.1:3000, and --reverse /api=http://127.0.0.1:4000 for the paths under /api.';

const bad = (text: string, why: string): Problem => new Problem('SHK_USAGE', `--reverse ${JSON.stringify(text)}: ${why}.`, advice);

/** The entries of reverse mode, `URL` or `/prefix=URL` each. Throws a Problem (SHK_USAGE) that names the one that is wrong. */
export const parseReverse = (texts: readonly string[]): Route[] => {
  const routes: Route[] = [];
  for (const text of texts) {
    const route = parseRoute(text);
    if (routes.some(({ prefix }) => prefix === route.prefix)) {
      throw bad(text, route.prefix === '' ? 'only one entry can take every path' : `there is another entry for ${route.prefix}`);
    }
    routes.push(route);
  }
  return routes;
};

const parseRoute = (text: string): Route => {
  const match = /^([^:]*?)=(.*)$/s.exec(text);
  if (!match) return routeTo(text, '', text);
  const [, prefix = '', url = ''] = match;
  if (!prefix.startsWith('/')) throw bad(text, 'the prefix does not begin with a slash');
  // As the request line spells paths: nothing is decoded there either.
  if (!/^[\x21-\x7e]+$/.test(prefix) || /[?#]/.test(prefix))
    throw bad(text, 'the prefix is no path: letters that a request line can carry, without ? and #');
  return routeTo(text, prefix.replace(/\/+$/, ''), url);
};

const routeTo = (text: string, prefix: string, address: string): Route => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw bad(text, `${address === '' ? 'there' : JSON.stringify(address)} is no URL`);
  }
  const scheme = url.protocol.slice(0, -1);
  if (!isScheme(scheme)) throw bad(text, `--reverse takes ws, wss, http and https, not ${scheme}`);
  if (url.username !== '' || url.password !== '') throw bad(text, 'credentials in the URL would not be sent; the client says its own');
  if (url.search !== '' || url.hash !== '') throw bad(text, 'the URL can have a path, but no query and no fragment');
  const secure = scheme === 'wss' || scheme === 'https';
  const target: Target = {
    scheme,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname,
  };
  const hasPath = /^[^:]+:\/\/[^/]+\//.test(address);
  return { prefix, target, base: hasPath ? url.pathname.replace(/\/+$/, '') : null };
};

const isScheme = (text: string): text is 'ws' | 'wss' | 'http' | 'https' => ['ws', 'wss', 'http', 'https'].includes(text);

import { authorityOf, type Target, urlOf } from '../model/target.js';

/** One entry of reverse mode: requests whose path begins with `prefix` go to `target`. */
export interface Route {
  /** `/api`, without a slash at its end; `''` takes every path. */
  readonly prefix: string;
  /** Its path is not looked at: `base` says what becomes of paths. */
  readonly target: Target;
  /** What takes the place of the prefix, without a slash at its end; null leaves paths as they came (nginx: a proxy_pass without a URI). */
  readonly base: string | null;
}

/** The entry for a path: the longest prefix that ends where a segment of the path does. The path is compared as it came, byte for byte. */
export const routeOf = (routes: readonly Route[], path: string): Route | null => {
  const fits = routes.filter(({ prefix }) => path.startsWith(prefix) && (prefix === '' || /^(?:[/?#]|$)/.test(path.slice(prefix.length))));
  return fits.reduce<Route | null>((best, route) => (best && best.prefix.length >= route.prefix.length ? best : route), null);
};

/** The path as the server is due to hear it. */
export const pathOn = ({ prefix, base }: Route, path: string): string => {
  if (base === null) return path;
  const due = base + path.slice(prefix.length);
  return due.startsWith('/') ? due : `/${due}`;
};

/** The URL of an entry, without what stands for paths that go on as they came. */
export const routeUrl = ({ target, base }: Route): string => urlOf({ ...target, path: base === null ? '' : base === '' ? '/' : base });

/** `/api to ws://127.0.0.1:3000`; an entry for every path is its URL alone. */
export const routeText = (route: Route): string => (route.prefix === '' ? routeUrl(route) : `${route.prefix} to ${routeUrl(route)}`);

/** The Host field of a server: a standard port is left out. */
export const hostOf = ({ scheme, host, port }: Target): string => {
  const secure = scheme === 'https' || scheme === 'wss';
  const authority = authorityOf({ host, port });
  return port === (secure ? 443 : 80) ? authority.slice(0, authority.lastIndexOf(':')) : authority;
};

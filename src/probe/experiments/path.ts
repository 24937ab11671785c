import { waitedMs } from '../../diagnosis/endings.js';
import { answeredAlike, didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import type { Exchange } from '../../model/exchange.js';
import { type Experiment, type Known, suspects, type Variant } from './experiment.js';

const engine = '/socket.io/?EIO=4&transport=websocket';
/** Where frameworks put their WebSocket, most common first. */
const usual = ['/ws', '/', engine, '/websocket', '/cable'];
const most = 6;

const split = (path: string): { readonly name: string; readonly query: string } => {
  const at = path.indexOf('?');
  return at === -1 ? { name: path, query: '' } : { name: path.slice(0, at), query: path.slice(at) };
};

/** What no server has. */
const nowhere = '/shakedown-asks-for-a-path-that-nobody-has';

/** Some answer 403 to each path that they do not know, as Starlette does and what stands on it: a path that nobody has shows it. */
export const unknownPath: Experiment = {
  id: 'unknown-path',
  variants: (known) => {
    const { ask, first } = known;
    if (didOpen(first) || statusOf(first) !== 403 || !suspects(known, 'server.forbidden')) return [];
    const { query } = split(ask.target.path);
    return [{ title: 'at a path that nobody has', ask: { ...ask, target: { ...ask.target, path: `${nowhere}${query}` } } }];
  },
};

const refusedAsUnknown = ({ first, trials }: Known): boolean =>
  trials.some(({ id, exchange }) => id === 'unknown-path' && answeredAlike(first, exchange));

/** Paths beside the one that was asked, the nearest first. */
const nearby = (path: string): readonly string[] => {
  const { name, query } = split(path);
  const slash = name.endsWith('/') ? name.slice(0, -1) || '/' : `${name}/`;
  const socketIo = /\/socket\.io\/?$/.test(name) ? [`${name.endsWith('/') ? name : `${name}/`}${engine.slice(engine.indexOf('?'))}`] : [];
  return [...new Set([...socketIo, `${slash}${query}`, ...usual])].filter((one) => one !== path).slice(0, most);
};

const at = (ask: Known['ask'], path: string): Variant => ({
  title: `at the path ${path}`,
  ask: { ...ask, target: { ...ask.target, path } },
});

const slashed = ({ target }: Known['ask']): readonly string[] => {
  const { name, query } = split(target.path);
  return name === '/' ? [] : [`${name.endsWith('/') ? name.slice(0, -1) : `${name}/`}${query}`];
};

/** engine.io leaves a foreign path for a second before it ends; where that is not so, few paths are asked, since each may be silence. */
const afterHangUp = (first: Exchange): readonly string[] => ((waitedMs(first) ?? 0) > 900 ? [engine] : ['/ws', '/']);

export const otherPaths: Experiment = {
  id: 'path',
  variants: (known) => {
    const { ask, first } = known;
    const hungUp = statusOf(first) === 0 && suspects(known, 'server.empty-reply');
    const asUnknown = refusedAsUnknown(known);
    // Django Channels has no route for it then, and raises: one more attempt tells.
    if (statusOf(first) === 500 && suspects(known, 'server.internal-error')) return slashed(ask).map((path) => at(ask, path));
    const due =
      !didOpen(first) &&
      (hungUp || asUnknown || [200, 204, 400, 404, 405, 410, 426].includes(statusOf(first))) &&
      suspects(
        known,
        'url.*',
        'server.forbidden',
        'server.empty-reply',
        'server.bad-request',
        'server.status-*',
        'server.no-upgrade-handler',
        'server.method',
        'server.upgrade-required',
      );
    if (!due) return [];
    const paths = hungUp ? afterHangUp(first).filter((path) => path !== ask.target.path) : nearby(ask.target.path);
    return paths.map((path) => at(ask, path));
  },
};

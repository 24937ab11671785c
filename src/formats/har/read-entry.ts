import { isIP } from 'node:net';
import type { ExchangeKind } from '../../model/event.js';
import type { Target } from '../../model/target.js';
import { Misfit, maybe, numberAt, objectAt, type Place, textAt } from '../misfit.js';
import { earliestMs, latestMs } from '../told.js';

const timeShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/;

/** `startedDateTime`, ms since the epoch with what there is behind the point; mitmproxy tells microseconds, Firefox a zone. */
export const startOf = (entry: Place): number => {
  const [, second = '', fraction = '0', zone = ''] = timeShape.exec(textAt(entry, 'startedDateTime')) ?? [];
  const ms = Date.parse(second + zone) + Number(`0.${fraction}`) * 1000;
  if (!(ms >= earliestMs && ms < latestMs)) throw new Misfit(`${entry.where}.startedDateTime`, 'is no ISO time');
  return ms;
};

const schemes: Readonly<Record<string, { readonly plain: 'ws' | 'http'; readonly secure: boolean }>> = {
  ws: { plain: 'ws', secure: false },
  wss: { plain: 'ws', secure: true },
  http: { plain: 'http', secure: false },
  https: { plain: 'http', secure: true },
};

/** Where a URL leads. mitmproxy and proxies call a WebSocket's scheme http or https. */
export const targetOf = (request: Place, kind: ExchangeKind): Target => {
  const told = textAt(request, 'url');
  const where = `${request.where}.url`;
  const scheme = schemes[/^([a-z]+):/i.exec(told)?.[1]?.toLowerCase() ?? ''];
  if (!scheme) throw new Misfit(where, 'is no http, https, ws or wss address');
  const url = URL.canParse(told) ? new URL(told) : null;
  if (!url?.hostname) throw new Misfit(where, 'is no address');
  // As it was told, where a request line can hold it: URL would change dot segments.
  const rest = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(told)?.[1] ?? '';
  const path = /^[\x21-\x7e]*$/.test(rest) ? rest : url.pathname + url.search;
  const [plain, secure] = kind === 'websocket' ? (['ws', 'wss'] as const) : (['http', 'https'] as const);
  return {
    scheme: scheme.secure ? secure : plain,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (scheme.secure ? 443 : 80) : Number(url.port),
    path: path.startsWith('/') ? path : `/${path}`,
  };
};

/** Milliseconds of the phases that are known. */
export interface TimesTold {
  readonly blocked?: number;
  readonly dns?: number;
  readonly connect?: number;
  readonly ssl?: number;
  readonly send?: number;
  readonly wait?: number;
  readonly receive?: number;
  /** The whole. */
  readonly time?: number;
}

/** A hundred years. */
const longestMs = 3.2e12;

/** Nothing where an entry has no true beginning: DevTools then count from the start of the machine. */
export const timesOf = (entry: Place, startMs: number): TimesTold => {
  if (startMs < 0) return {};
  const timings = maybe(objectAt, entry, 'timings');
  const phase = (place: Place, key: string): number | undefined => {
    const ms = maybe(numberAt, place, key);
    return ms !== undefined && ms >= 0 && ms < longestMs ? ms : undefined;
  };
  const told: Record<string, number> = {};
  for (const key of ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive']) {
    const ms = timings && phase(timings, key);
    if (ms !== undefined) told[key] = ms;
  }
  const time = phase(entry, 'time');
  return time === undefined ? told : { ...told, time };
};

/** The server's address without a port, as HAR has it; Chromium writes brackets, some write ''. */
export const addressOf = (entry: Place): string | undefined => {
  const address = (maybe(textAt, entry, 'serverIPAddress') ?? '').replace(/^\[|\]$/g, '');
  return isIP(address) ? address : undefined;
};

/** HAR has no field for the port: Playwright has one of its own, and Firefox writes it as `connection`. 0: not known. */
export const portOf = (entry: Place, creator: string): number => {
  const own = maybe(numberAt, entry, '_serverPort') ?? 0;
  const told = /^Firefox/.test(creator) ? Number(maybe(textAt, entry, 'connection') ?? 0) : own;
  return Number.isInteger(told) && told > 0 && told < 65_536 ? told : 0;
};

/** A body as a HAR has it; undefined when it has none. */
export const contentBytes = (content: Place | undefined, encoding: string): Buffer | undefined => {
  const text = content && maybe(textAt, content, 'text');
  if (!content || text === undefined) return undefined;
  return Buffer.from(text, maybe(textAt, content, encoding) === 'base64' ? 'base64' : 'utf8');
};

import { field, type Head, requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { removeField, setField, setStartLine } from '../wire/head-edit.js';
import { parseHead } from '../wire/http-head.js';
import { readRequestTarget } from '../wire/request-target.js';
import { isHandshake } from '../wire/upgrade.js';
import { listen } from './first-words.js';
import { handshake } from './handshake.js';
import type { Station } from './inside-tunnel.js';
import { landingHost, showLandingPage } from './landing-page.js';
import { servePlain } from './plain-http.js';
import { reach } from './reach.js';
import { refuse } from './refuse.js';
import { readRequestHead, refusedAsAmbiguous } from './request-head.js';
import type { River, RiverOptions } from './river.js';
import { destroySide, type Side } from './side.js';
import type { Tap } from './tap.js';

export interface StraightVisit {
  readonly tap: Tap;
  readonly client: Side;
  readonly head: Head;
}

/** Where one request goes, and by which entrance. */
type Way =
  | {
      readonly type: 'go';
      readonly entrance: 'absolute' | 'reverse';
      readonly target: Target;
      readonly path: string;
      readonly host: string | null;
    }
  | { readonly type: 'landing' }
  | { readonly type: 'bad'; readonly why: string };

/** The way of a request that names its own target: absolute form (RFC 9112 section 3.2.2), or origin form in reverse mode. */
export const wayOf = (
  options: RiverOptions,
  request: { readonly method: string; readonly target: string; readonly handshake: boolean },
): Way => {
  const read = readRequestTarget(request.method, request.target);
  if (read.form === 'bad') return { type: 'bad', why: read.why };
  if (read.form === 'authority') return { type: 'bad', why: 'CONNECT cannot follow another request on the same connection' };
  if (read.form === 'absolute') {
    if (read.host.toLowerCase() === landingHost) return { type: 'landing' };
    const secure = read.scheme === 'https' || read.scheme === 'wss';
    return {
      type: 'go',
      entrance: 'absolute',
      target: { scheme: schemeOf(secure, request.handshake), host: read.host, port: read.port, path: read.path },
      path: read.path,
      host: null,
    };
  }
  const { reverse, keepHost } = options;
  if (!reverse) return { type: 'landing' };
  const path = reverse.path === '/' || reverse.path === '' ? read.path : `${reverse.path.replace(/\/$/, '')}${read.path}`;
  const secure = reverse.scheme === 'https' || reverse.scheme === 'wss';
  const standard = reverse.port === (secure ? 443 : 80);
  const host = `${reverse.host.includes(':') ? `[${reverse.host}]` : reverse.host}${standard ? '' : `:${reverse.port}`}`;
  return {
    type: 'go',
    entrance: 'reverse',
    target: { ...reverse, scheme: schemeOf(secure, request.handshake), path },
    path,
    host: keepHost ? null : host,
  };
};

const schemeOf = (secure: boolean, isUpgrade: boolean): Target['scheme'] =>
  isUpgrade ? (secure ? 'wss' : 'ws') : secure ? 'https' : 'http';

/** The hop rules: what an entrance changes in a head that is otherwise forwarded byte for byte. Listed in docs/guides/byte-true.md. */
const dueHead = (head: Head, way: Extract<Way, { type: 'go' }>): string => {
  const { method, version } = requestLine(head);
  const raw = setStartLine(head.raw, `${method} ${way.path} ${version}`);
  if (way.entrance === 'reverse') return way.host === null || field(head, 'host') === undefined ? raw : setField(raw, 'Host', way.host);
  return removeField(removeField(raw, 'Proxy-Connection'), 'Proxy-Authorization');
};

/** One request after the other, each to the target that it names. */
export const straightRequests = async ({ river, log }: Station, visit: StraightVisit): Promise<void> => {
  const { client } = visit;
  let { tap, head } = visit;
  for (;;) {
    const { method, target: text } = requestLine(head);
    if (!isHandshake(head)) {
      client.stream.unshift(Buffer.from(head.raw, 'latin1'));
      if (wayOf(river.options, { method, target: text, handshake: false }).type !== 'go') return answerHere(river, { tap, client, head });
      return plainRequests({ river, log }, { tap, client, head });
    }
    client.count.in += head.raw.length;
    const way = wayOf(river.options, { method, target: text, handshake: true });
    if (way.type !== 'go') return answerHere(river, { tap, client, head });
    if ((await oneHandshake({ river, log }, { tap, client, head }, way)) === 'over') return;
    log.close();
    if ((await listen(client)) === null) return;
    tap = log.open(client, null);
    const next = await readRequestHead(client, tap);
    if (!next) return;
    head = next;
  }
};

const oneHandshake = async (
  { river, log }: Station,
  { tap, client, head }: StraightVisit,
  way: Extract<Way, { type: 'go' }>,
): Promise<'next' | 'over'> => {
  const { target } = way;
  tap.emit({ type: 'entrance', entrance: way.entrance, request: '' });
  tap.emit({ type: 'target', target, kind: 'websocket' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  if (refusedAsAmbiguous(head, { client, tap, lenient: river.options.lenient })) return 'over';
  const reached = await reach(river, tap, { target });
  if ('refusal' in reached) {
    refuse(client, tap, reached.refusal);
    return 'over';
  }
  log.server(reached.side);
  const end = await handshake(river, { tap, client, server: reached.side, target, head, due: dueHead(head, way) });
  if (end === 'next') destroySide(reached.side);
  return end;
};

/** Nothing to forward: the landing page, or why this request cannot be served. */
const answerHere = (river: River, { tap, client, head }: StraightVisit): void => {
  const { method, target } = requestLine(head);
  const upgrade = isHandshake(head);
  const way = wayOf(river.options, { method, target, handshake: upgrade });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  if (way.type === 'bad') refuse(client, tap, { status: 400, why: 'bad-target', text: `shakedown: ${way.why}.` });
  else showLandingPage(river, tap, { client, head, handshake: upgrade });
};

const plainRequests = async ({ river, log }: Station, visit: StraightVisit): Promise<void> => {
  const { client } = visit;
  let first: Tap | null = visit.tap;
  let current = visit.tap;
  const next = (): Tap => {
    current = first ?? log.open(client, null);
    first = null;
    return current;
  };
  const end = await servePlain({
    client,
    nextTap: next,
    done: () => log.close(),
    targetOf: ({ method, target }) => {
      const way = wayOf(river.options, { method, target, handshake: false });
      if (way.type !== 'go') return null;
      current.emit({ type: 'entrance', entrance: way.entrance, request: '' });
      current.emit({ type: 'target', target: way.target, kind: 'http' });
      return { target: way.target, path: way.path, ...(way.host === null ? {} : { host: way.host }) };
    },
    connect: async (target) => {
      const reached = await reach(river, current, { target });
      if ('refusal' in reached) throw new Error(reached.refusal.text.replace(/^shakedown: /, ''));
      return reached.side.stream;
    },
  });
  if (end.type === 'closed') return;
  await straightRequests({ river, log }, { tap: next(), client, head: parseHead(end.raw, 'request') });
};

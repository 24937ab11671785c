import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, createAuthority } from '../../../src/authority/authority.js';
import { openVault } from '../../../src/authority/vault.js';
import { type Engine, startEngine } from '../../../src/control/engine.js';
import { hidesNothing } from '../../../src/control/hiding.js';
import type { EngineOptions } from '../../../src/control/options.js';
import { unbounded } from '../../../src/control/options.js';
import { startFold } from '../../../src/fold/fold.js';
import type { Event } from '../../../src/model/event.js';
import type { Exchange } from '../../../src/model/exchange.js';
import type { Sender } from '../../../src/model/frame.js';
import type { Target } from '../../../src/model/target.js';
import { loopbackOnly } from '../../../src/proxy/access/access.js';
import type { Route } from '../../../src/proxy/reverse-routes.js';
import { plainTls } from '../../../src/proxy/tls-options.js';
import { straightOut } from '../../../src/proxy/upstream/way-out.js';

/** A running proxy, what it records, and an authority for the servers behind it, which it trusts. */
export interface House extends AsyncDisposable {
  readonly engine: Engine;
  readonly port: number;
  /** PEM of shakedown's own authority. */
  readonly ca: string;
  /** Signs the certificates of the servers of a test. */
  readonly origins: Authority;
  /** Every event but `bytes`, in order. */
  readonly events: readonly Event[];
  /** The exchanges of the client connection with that local port, once `count` of them have ended. */
  exchanges(localPort: number, count?: number): Promise<readonly Exchange[]>;
  /** All exchanges, in the order in which they began, as they stand. */
  all(): readonly Exchange[];
  /** The exchanges of that client connection as they stand. */
  now(localPort: number): readonly Exchange[];
  /** What was recorded as having crossed after the heads, in this direction. */
  crossed(exchange: string, from: Sender): Buffer;
  /** Resolves when an event of this kind has come. */
  event(wanted: (event: Event) => boolean): Promise<Event>;
}

const clock = { now: () => Date.now() };

/** The address of an origin for reverse mode. */
export const reverseTo = (port: number, scheme: Target['scheme'] = 'ws', host = '127.0.0.1'): Route[] => [
  { prefix: '', target: { scheme, host, port, path: '/' }, base: null },
];

export const startHouse = async (options: Partial<EngineOptions> = {}): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-proxy-'));
  const vault = await openVault({ dir: join(folder, 'origins'), clock });
  const origins = createAuthority(vault, { clock });
  const events: Event[] = [];
  const folds = new Map<string, ReturnType<typeof startFold>>();
  const byPort = new Map<number, { readonly connection: number; readonly ids: string[] }>();
  const ended = new Set<string>();
  const chunks = new Map<string, Buffer[]>();
  const waiting = new Set<() => void>();
  const foldOf = (id: string) => {
    const known = folds.get(id) ?? startFold(id);
    folds.set(id, known);
    return known;
  };
  /** The system hands the port of a connection that is gone to another one. */
  const noteOpened = (port: number, connection: number, id: string): void => {
    const known = byPort.get(port);
    if (known?.connection === connection) known.ids.push(id);
    else byPort.set(port, { connection, ids: [id] });
  };
  const engine = await startEngine(
    {
      host: '127.0.0.1',
      port: 0,
      reverse: [],
      keepHost: false,
      faults: [],
      seed: 1,
      record: { type: 'memory' },
      insecure: [],
      upstreamCa: origins.caPath,
      lenient: false,
      bounds: unbounded,
      hiding: hidesNothing,
      access: loopbackOnly,
      http2: 'mirror',
      out: straightOut,
      tls: plainTls,
      caDir: join(folder, 'ca'),
      dataFolder: folder,
      ...options,
    },
    {
      event: (event) => {
        events.push(event);
        if (event.exchange !== '') foldOf(event.exchange).apply(event);
        if (event.type === 'opened') noteOpened(event.peer.port, event.connection, event.exchange);
        if (event.type === 'closed') ended.add(event.exchange);
        for (const look of [...waiting]) look();
      },
      bytes: (exchange, from, chunk, atMs) => {
        foldOf(exchange).bytes(from, chunk, atMs);
        const known = chunks.get(`${exchange} ${from}`);
        if (known) known.push(Buffer.from(chunk));
        else chunks.set(`${exchange} ${from}`, [Buffer.from(chunk)]);
      },
    },
  );
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const now = (localPort: number): readonly Exchange[] => (byPort.get(localPort)?.ids ?? []).map((id) => foldOf(id).exchange);
  const { ca } = engine.info;
  return {
    engine,
    port: Number(new URL(engine.info.proxy ?? '').port),
    ca: ca === null ? '' : readFileSync(ca, 'utf8'),
    origins,
    events,
    now,
    all: () => [...folds.values()].map(({ exchange }) => exchange),
    exchanges: (localPort, count = 1) =>
      until(() => {
        const ids = byPort.get(localPort)?.ids ?? [];
        return ids.length >= count && ids.every((id) => ended.has(id)) ? now(localPort) : undefined;
      }),
    crossed: (exchange, from) => Buffer.concat(chunks.get(`${exchange} ${from}`) ?? []),
    event: (wanted) => until(() => events.find(wanted)),
    [Symbol.asyncDispose]: async () => {
      await engine.control.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** What the proxy itself calls its own bugs. */
export const bugsOf = (house: House): readonly Event[] =>
  house.events.filter((event) => event.type === 'notice' && event.level === 'error');

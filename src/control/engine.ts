import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority } from '../authority/authority.js';
import { openVault } from '../authority/vault.js';
import { markUse } from '../authority/vault-use.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { createArmory } from '../faults/armory.js';
import { createLedger } from '../ledger/ledger.js';
import { isoTime } from '../model/clock.js';
import type { EngineEventBody } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { Sender } from '../model/frame.js';
import { openDoor } from '../proxy/door.js';
import { createEnds } from '../proxy/ends.js';
import { createHolds } from '../proxy/holds.js';
import { createLeftAlone } from '../proxy/left-alone.js';
import { createOpenings } from '../proxy/openings.js';
import { routeUrl } from '../proxy/reverse-routes.js';
import type { River } from '../proxy/river.js';
import type { Sink } from '../proxy/sink.js';
import type { ReplayWorld } from '../replay/replay.js';
import { passphraseVariable } from './client-certificate.js';
import { watchForClients } from './client-watch.js';
import { watchClock } from './clock-watch.js';
import type { Control, EngineInfo } from './control.js';
import { createEngineControl } from './engine-control.js';
import { createHands } from './hands.js';
import { createControlApi } from './http/control-api.js';
import { lanOf, lanWarning, proxyUrl, reachableHost, usableUrl } from './lan.js';
import { openTls } from './open-tls.js';
import type { EngineOptions } from './options.js';
import { ownHostOf } from './own-host-of.js';
import { planArming } from './plan-arming.js';
import { startRecorder } from './start-recorder.js';
import { systemClock } from './system-clock.js';
import { serverTrust } from './trust.js';
import { version } from './version.js';
import { wayOutNotices } from './way-out.js';

export interface Engine {
  readonly control: Control;
  readonly info: EngineInfo;
  /** What a replay through this very engine needs. */
  readonly world: ReplayWorld;
  /** From now on every wait for a server ends after so many milliseconds at the latest, and tells that as its own limits would. */
  hurry(ms: number): void;
  /** Ends an exchange that is under way, both legs with FIN; nothing where it is over. */
  part(id: string): void;
  /** How the exchange of that client port stands now. */
  readonly peek: (localPort: number) => Exchange | undefined;
}

/**
 * Starts the proxy with everything around it. `watch` gets every event as it happens, `bytes` among them, from the first one on.
 * Throws a Problem: SHK_LISTEN, SHK_CA, SHK_FAULT, SHK_RECORDING.
 */
export const startEngine = async (options: EngineOptions, watch?: Sink): Promise<Engine> => {
  const clock = systemClock;
  const vault = await openVault({ dir: options.caDir ?? join(options.dataFolder, 'ca'), clock });
  const authority = createAuthority(vault, { clock });
  const trust = serverTrust(options.upstreamCa, process.env.NODE_EXTRA_CA_CERTS);
  const arming = planArming(options);
  const seed = arming.seed ?? randomInt(1, 2 ** 31);
  const ledger = createLedger({ clock });
  const look = (id: string): Exchange | undefined => ledger.get(id);
  const api = options.control ? createControlApi({ clock, look, findingsOf: diagnose }) : null;

  const sink: Sink = {
    event: (event) => {
      // Nothing of an exchange comes behind its end.
      if (event.type === 'closed') holds.leave({ exchange: event.exchange });
      recorder.event(event);
      ledger.apply(event);
      api?.event(event);
      if (event.type === 'closed') {
        armory.forget(Number(event.exchange));
        openings.remove(event.exchange);
        ends.remove(event.exchange);
      }
      watch?.event(event);
    },
    bytes: (exchange: string, from: Sender, chunk: Uint8Array, atMs: number) => {
      recorder.bytes(exchange, from, chunk, atMs);
      ledger.bytes(exchange, from, chunk, atMs);
      api?.bytes(exchange, from, chunk, atMs);
      watch?.bytes(exchange, from, chunk, atMs);
    },
  };
  const emit = (body: EngineEventBody): void => sink.event({ at: isoTime(clock.now()), exchange: '', ...body });
  const armory = createArmory({ seed, onChange: emit, now: () => clock.now(), ground: arming.ground });
  const openings = createOpenings();
  const ends = createEnds();
  const holds = createHolds({ clock, look, onChange: emit });
  const tls = openTls(options.tls, {
    trust,
    upstreamCa: options.upstreamCa !== null,
    passphrase: process.env[passphraseVariable],
    trouble: (text) => emit({ type: 'notice', level: 'warning', text }),
  });
  let listening = false;
  const recorder = await startRecorder(options, {
    ledger,
    notice: (level, text) => emit({ type: 'notice', level, text }),
    stopped: (event) => {
      // What never listened has no end to tell of.
      if (!listening) return;
      ledger.apply(event);
      api?.event(event);
      watch?.event(event);
    },
  });

  const ownClients = new Set<number>();
  const ownHost = ownHostOf(authority, () => ({ host: options.host, port: door.port }));
  let dueMs = Number.POSITIVE_INFINITY;
  const river: River = {
    clock,
    sink,
    authority,
    armory,
    options,
    trust,
    tls: tls.river,
    nextOrdinal: (() => {
      let ordinal = 0;
      return () => ++ordinal;
    })(),
    seed,
    ...(options.hasty === true && { dueMs: () => dueMs }),
    look,
    resumeOf: (id, from) => ledger.resumeOf(id, from),
    openings,
    leftAlone: createLeftAlone(),
    ends,
    holds,
    ownPorts: () => [door.port, ...ownHost.ports(), ...(api?.ports() ?? [])],
    isOwnClient: (port) => ownClients.has(port),
    ownHost,
  };
  const neverMind = async (error: unknown): Promise<never> => {
    // Nothing was recorded: no empty file is left behind.
    await Promise.all([recorder.close(), tls.close()]);
    if (recorder.path !== null) rmSync(recorder.path, { force: true });
    throw error;
  };
  const door = await openDoor(river, options).catch(neverMind);
  const withoutApi = options.control
    ? await api?.open(options.control).catch((error: unknown) => door.close().then(() => neverMind(error)))
    : null;
  listening = true;
  const at = { host: options.host, port: door.port };
  const proxy = proxyUrl(at);
  const lan = lanOf(at, options.access);
  emit({ type: 'listening', proxy, seed, recording: recorder.path, version, control: api?.url ?? null });
  if (withoutApi) emit({ type: 'notice', level: 'warning', text: withoutApi });
  if (lan) emit({ type: 'notice', level: 'warning', text: lanWarning(lan) });
  const following = arming.begin(armory, { notice: (level, text) => emit({ type: 'notice', level, text }), seed });
  for (const text of [...vault.notices, ...wayOutNotices(options.out)]) emit({ type: 'notice', level: 'info', text });
  for (const text of tls.notices) emit({ type: 'notice', level: 'warning', text });
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    emit({
      type: 'notice',
      level: 'warning',
      text: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set. It has no effect here: shakedown verifies servers; --insecure=HOST accepts a bad certificate.',
    });
  }
  const info: EngineInfo = {
    version,
    proxy: usableUrl(at, options.access),
    reverse: options.reverse.map((route) => ({ prefix: route.prefix, url: routeUrl(route) })),
    lan,
    ca: authority.caPath,
    leafPin: authority.leafSpkiPin,
    recording: recorder.path,
    seed,
    pid: process.pid,
    control: api?.url ?? null,
    token: api?.token ?? null,
  };
  const unwatch = watchClock({
    clock,
    wall: Date.now,
    everySecond: (look) => {
      const timer = setInterval(look, 1000).unref();
      return () => clearInterval(timer);
    },
    tell: (text) => emit({ type: 'notice', level: 'warning', text }),
  });
  const unwait = watchForClients({
    came: () => ledger.version > 0 && ledger.exchanges().length > 0,
    after: (ms, look) => {
      const timer = setTimeout(look, ms).unref();
      return () => clearTimeout(timer);
    },
    tell: (text) => emit({ type: 'notice', level: 'info', text }),
  });
  const unmark = await markUse(dirname(authority.caPath));
  const close = async (): Promise<void> => {
    following.stop();
    await door.close();
    await tls.close();
    await unmark();
    unwatch();
    unwait();
  };
  const { control, world, peek } = createEngineControl({
    ...{ info, clock, ledger, armory, ground: arming.ground, recorder, authority, ownClients },
    door: { host: reachableHost(options.host), port: door.port, close },
    findingsOf: diagnose,
    hiding: options.hiding,
    endListeners: async () => api?.close(),
    hands: createHands({ clock, openings, ends, holds, look, event: (event) => sink.event(event) }),
  });
  api?.serve(control);
  const hurry = (ms: number): void => {
    dueMs = clock.now() + ms;
  };
  const part = (id: string): void => ends.get(id)?.finish();
  return { info, control, world, peek, hurry, part };
};

import type { Socket } from 'node:net';
import { finish as endBy } from './deliver.js';
import type { Diversion } from './diversion.js';
import type { Diversions } from './diversions.js';
import { limits } from './limits.js';
import { destroySide, endedByAlert, endOf, resetSide, type Side, wasReset } from './side.js';
import type { Tap } from './tap.js';

/** One direction of the relay: bytes first, looking later. */
export interface Pump {
  /** How it came to rest: the source ended (FIN, carried across), broke (reset, carried across), or was stopped with both sockets alive. */
  readonly done: Promise<'ended' | 'broken' | 'stopped'>;
  stop(): void;
  /** Bytes carried so far. */
  carried(): number;
}

export interface PumpOptions {
  readonly from: Side;
  readonly to: Side;
  readonly tap: Tap;
  /** Called after a chunk was forwarded and recorded; the chunk is only lent. */
  readonly onChunk?: (chunk: Buffer) => void;
  /** Makes of each chunk what goes on in its place, and records it by itself. */
  readonly rewrite?: Rewrite;
  /** Faults may take this direction in hand. */
  readonly diversion?: Diversion;
}

export interface Rewrite {
  push(chunk: Buffer): Uint8Array;
  /** What is left to say when the source has ended. */
  flush(): Uint8Array;
}

/** Carries everything from one side to the other with back-pressure, half-close and reset. */
export const pump = ({ from, to, tap, onChunk, rewrite, diversion }: PumpOptions): Pump => {
  const source = from.stream;
  const sink = to.stream;
  let carried = 0;
  let settle: (how: 'ended' | 'broken' | 'stopped') => void;
  const done = new Promise<'ended' | 'broken' | 'stopped'>((resolve) => {
    settle = resolve;
  });
  const onData = (chunk: Buffer): void => {
    carried += chunk.length;
    from.count.in += chunk.length;
    if (diversion?.active) {
      tap.bytes(from.leg, chunk);
      diversion.push(chunk);
      if (diversion.full && !sink.destroyed) source.pause();
    } else {
      if (rewrite) writeSome(sink, rewrite.push(chunk));
      else sink.write(chunk);
      to.count.out += chunk.length;
      if (!rewrite) tap.bytes(from.leg, chunk);
    }
    if (sink.writableLength > limits.unsentBytes && !sink.destroyed) source.pause();
    onChunk?.(chunk);
  };
  const onDrain = (): void => {
    if (source.isPaused() && !diversion?.full) source.resume();
  };
  const onEnd = (): void => {
    source.off('end', onEnd).off('close', onClose);
    if (endedByAlert(from)) {
      onClose();
      destroySide(from);
      return;
    }
    void wasReset(from).then((reset) => {
      if (reset) broken('reset', 'ECONNRESET');
      else if (diversion?.active) divertEnd(diversion);
      else ended();
    });
  };
  const divertEnd = (diverted: Diversion): void => {
    tap.emit({ type: 'end', leg: from.leg, how: 'fin', by: 'peer', code: '' });
    let over = false;
    diverted.end(() => {
      over = true;
      ended();
    });
    if (over) return;
    // What still waits goes on by itself; and where a fault has taken the end away, the other side decides how long this lasts.
    sink.once('close', () => finish('ended'));
    if (sink.destroyed) finish('ended');
    else settle('ended');
  };
  const cut = (how: 'fin' | 'reset', letGo?: 'fin'): void => {
    finish('ended');
    void endBy(tap, { end: how }, { to, other: from, ...(letGo && { letGo }) });
  };
  const ended = (): void => {
    tap.emit({ type: 'end', leg: from.leg, how: 'fin', by: 'peer', code: '' });
    if (!sink.writableEnded && !sink.destroyed) {
      if (rewrite) writeSome(sink, rewrite.flush());
      sink.end();
      tap.emit({ type: 'end', leg: to.leg, how: 'fin', by: 'shakedown', code: '' });
      linger(from, to, tap);
    }
    finish('ended');
  };
  // Closed without FIN read: broken, or destroyed by us when the other side broke.
  const onClose = (): void => {
    const { how, code } = endOf(from);
    broken(how, code);
  };
  const broken = (how: 'fin' | 'reset' | 'error', code: string): void => {
    if (how !== 'fin') tap.emit({ type: 'end', leg: from.leg, how, by: 'peer', code });
    if (diversion?.isSilent(from.leg)) diversion.leave(to);
    else if (!to.raw.destroyed && !sink.destroyed) {
      tap.emit({ type: 'end', leg: to.leg, how: 'reset', by: 'shakedown', code: '' });
      resetSide(to);
    }
    finish('broken');
  };
  const onSinkClose = (): void => {
    // Only when nobody reads the sink any more: it had said FIN, and then gone. Who reads it will see how it ended, and say so.
    if (!sink.readableEnded || source.destroyed) {
      diversion?.stop();
      return;
    }
    if (diversion?.isSilent(to.leg)) {
      diversion.leave(from);
      return;
    }
    tap.emit({ type: 'end', leg: from.leg, how: 'reset', by: 'shakedown', code: '' });
    resetSide(from);
    finish('broken');
  };
  const finish = (how: 'ended' | 'broken' | 'stopped'): void => {
    source.off('data', onData).off('end', onEnd).off('close', onClose);
    sink.off('drain', onDrain).off('close', onSinkClose);
    diversion?.stop();
    settle(how);
  };
  source.on('data', onData).on('end', onEnd).on('close', onClose);
  sink.on('drain', onDrain).on('close', onSinkClose);
  const write = (bytes: Buffer): boolean => {
    if (sink.destroyed || sink.writableEnded) return false;
    sink.write(bytes);
    to.count.out += bytes.length;
    return true;
  };
  diversion?.attach({ write, cut, wait: () => void source.pause(), room: onDrain });
  for (const bytes of from.held.splice(0)) onData(bytes);
  if (source.readableEnded) onEnd();
  else if (source.destroyed) onClose();
  else if (sink.destroyed) onSinkClose();
  else source.resume();
  return {
    done,
    carried: () => carried,
    stop: () => {
      source.pause();
      finish('stopped');
    },
  };
};

const writeSome = (sink: Socket, bytes: Uint8Array): void => {
  if (bytes.length > 0) sink.write(bytes);
};

/** One side said FIN and the other stays silent: after a while nobody is there any more (threats.md T37). */
const linger = (ended: Side, silent: Side, tap: Tap): void => {
  const { stream } = silent;
  stream.setTimeout(limits.lingerMs, () => {
    tap.emit({ type: 'end', leg: silent.leg, how: 'timeout', by: 'shakedown', code: '' });
    ended.stream.destroy();
    stream.destroy();
  });
};

/** Both directions until both sides have closed. */
export const relayBoth = async (client: Side, server: Side, tap: Tap, diversions?: Diversions): Promise<void> => {
  const pumps = [
    pump({ from: client, to: server, tap, ...(diversions && { diversion: diversions.client }) }),
    pump({ from: server, to: client, tap, ...(diversions && { diversion: diversions.server }) }),
  ];
  await Promise.all(pumps.map(({ done }) => done));
  await Promise.all([closed(client), closed(server)]);
};

/** Resolves when a side's socket has closed. */
export const closed = ({ stream }: Side): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', () => resolve());
  });

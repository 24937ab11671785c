import type { Side } from './side.js';

export interface Taken {
  /**
   * `found`: `find` was satisfied. `other`: `find` said that this is something else. `ended`: FIN came first. `failed`: the socket broke.
   * `aborted`: the caller's signal.
   */
  readonly type: 'found' | 'other' | 'ended' | 'failed' | 'timeout' | 'too-large' | 'aborted';
  readonly bytes: Buffer;
}

export interface Wanted {
  /** Where the wanted part ends (> 0); -1 while bytes are missing; 0 when this is something else. `from` is where the last look stopped. */
  readonly find: (bytes: Buffer, from: number) => number;
  readonly limit: number;
  /** For the first byte, and then for the rest. */
  readonly firstMs: number;
  readonly restMs: number;
  /** For all of it, where that can be less. */
  readonly allMs?: number;
  /** Look only: everything read goes back. */
  readonly peek?: boolean;
  readonly signal?: AbortSignal;
  readonly onFirst?: () => void;
}

/**
 * Reads from a paused socket until `find` is satisfied; what follows stays unread. In any other case all bytes that were read are handed
 * over, but for `aborted` and `peek`, after which they are as unread as before.
 */
export const take = (side: Side, wanted: Wanted): Promise<Taken> =>
  new Promise((resolve) => {
    const { stream } = side;
    let bytes: Buffer = Buffer.alloc(0);
    let searched = 0;
    let settled = false;
    let timer = setTimeout(() => finish('timeout'), wanted.firstMs);
    const whole = wanted.allMs === undefined ? undefined : setTimeout(() => finish('timeout'), wanted.allMs);

    const finish = (type: Taken['type'], end = bytes.length) => {
      settled = true;
      clearTimeout(timer);
      clearTimeout(whole);
      stream.off('data', onData).off('end', onEnd).off('close', onClose);
      wanted.signal?.removeEventListener('abort', onAbort);
      stream.pause();
      const rest = wanted.peek ? bytes : bytes.subarray(end);
      if (rest.length > 0 && (stream.destroyed || stream.readableEnded)) side.held.push(rest);
      else if (rest.length > 0) stream.unshift(rest);
      resolve({ type, bytes: bytes.subarray(0, end) });
    };
    const onData = (chunk: Buffer) => {
      if (bytes.length === 0) {
        wanted.onFirst?.();
        clearTimeout(timer);
        timer = setTimeout(() => finish('timeout'), wanted.restMs);
      }
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const end = wanted.find(bytes, searched);
      searched = bytes.length;
      if (end === 0) finish('other');
      else if (end > wanted.limit || (end === -1 && bytes.length > wanted.limit)) finish('too-large');
      else if (end > 0) finish('found', end);
    };
    const onEnd = () => finish('ended');
    const onClose = () => finish(side.failure() ? 'failed' : 'ended');
    const onAbort = () => finish('aborted', wanted.peek ? bytes.length : 0);

    if (wanted.signal?.aborted) return finish('aborted');
    const held = side.held.splice(0);
    if (held.length > 0) onData(Buffer.concat(held));
    if (settled) return;
    if (stream.readableEnded) return finish('ended');
    if (stream.destroyed) return finish('failed');
    wanted.signal?.addEventListener('abort', onAbort);
    stream.on('data', onData).on('end', onEnd).on('close', onClose);
    stream.resume();
  });

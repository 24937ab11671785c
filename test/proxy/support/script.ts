import type { Peer, Sight } from './peer.js';

/** What one side does, one thing after the other. `got` waits for that many bytes in all, `over` for the other side's end, `meet` until both sides are there. */
export type Act =
  | { readonly type: 'send'; readonly pieces: readonly Uint8Array[] }
  | { readonly type: 'got'; readonly count: number }
  | { readonly type: 'over' | 'meet' | 'fin' | 'reset' };

export const send = (...pieces: readonly (string | Uint8Array)[]): Act => ({
  type: 'send',
  pieces: pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)),
});
export const got = (count: number): Act => ({ type: 'got', count });
export const over: Act = { type: 'over' };
/** Bytes and a reset that arrive together are read by luck only, also without a proxy: meet before a reset. */
export const meet: Act = { type: 'meet' };
export const fin: Act = { type: 'fin' };
export const reset: Act = { type: 'reset' };

/** A place where two sides wait for each other, once. */
export const meetingPlace = (): (() => Promise<void>) => {
  let came = 0;
  let open: () => void = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    came += 1;
    if (came === 2) open();
    return both;
  };
};

/** Plays the acts; then waits for the other side's end, ends too, and resolves when the socket is gone. */
export const play = async (peer: Peer, acts: readonly Act[], meeting: () => Promise<void>): Promise<void> => {
  for (const act of acts) {
    if (act.type === 'send') for (const piece of act.pieces) await peer.send(piece);
    else if (act.type === 'got') await peer.bytes(act.count);
    else if (act.type === 'over') await peer.ended();
    else if (act.type === 'meet') await meeting();
    else if (act.type === 'fin') peer.fin();
    else return peer.reset();
  }
  await peer.ended();
  peer.fin();
  await peer.closed();
};

/** What one side saw: every byte, and how the other side ended. */
export interface Seen {
  readonly bytes: string;
  readonly length: number;
  readonly ends: readonly Sight[];
}

/** The one port in the bytes is not the same in two runs. */
export const seenBy = (peer: Peer, port: number): Seen => ({
  bytes: peer.received().toString('latin1').replaceAll(`127.0.0.1:${port}`, '127.0.0.1:PORT'),
  length: peer.length(),
  ends: peer.sights,
});

import { type Piece, Pieces } from './chunks.js';
import type { Search } from './search.js';
import type { RedactionTally } from './summary.js';

/** A text of any length that comes in pieces: a message, a body, what crosses a tunnel. */
export interface TextStream {
  add(piece: Piece): void;
  /** No more will come; `cut`: it ended too early. */
  finish(cut: boolean): void;
  /** Nothing may be held any longer: what was not searched yet is blanked, and all that follows. */
  giveUp(): void;
  /** Bytes were lost here, perhaps inside a secret. */
  gap(): void;
}

/** So much is searched at once. */
const windowBytes = 1024 * 1024;
/** Each byte may come as a frame of its own. */
const mostPieces = 128 * 1024;
const stepBytes = 512 * 1024;
/** Of a window that is not the last one, the end is searched again together with the next, */
const overlapBytes = 32 * 1024;
/** and so much of what was searched stands in front of it, because the name of a secret does. */
const contextBytes = 1024;

/** `keep`: so many bytes at the start are no text (the code of a Close frame). */
export const createTextStream = (
  { search, tally }: { readonly search: Search; readonly tally: RedactionTally },
  { keep = 0 }: { readonly keep?: number } = {},
): TextStream => {
  const pending = new Pieces();
  let context = '';
  /** A secret reaches over the end of what was searched: on to the next character that ends a value. */
  let running = false;
  let late = false;
  let dead = false;
  let kept = keep;

  const step = (last: boolean, cut: boolean): void => {
    const written = pending.text();
    const text = context + written;
    const skipped = context.length;
    let limit = last ? text.length : Math.max(skipped, text.length - overlapBytes);
    let ends = skipped;
    if (running) {
      const stop = written.search(/["'&\s<>,;]/);
      ends = stop === -1 ? text.length : skipped + stop;
      pending.write(0, 'x'.repeat(ends - skipped));
      running = stop === -1 && !last;
      limit = Math.max(limit, ends);
    }
    for (const patch of search(text, { cut: cut || !last, late: late && skipped === 0 })) {
      if (patch.end <= ends) continue;
      if (patch.end > limit && !last) {
        // It may go on behind the end of the window: it is searched again with what follows, unless it fills the window.
        if (patch.start > skipped && patch.end - patch.start < overlapBytes * 2) {
          limit = Math.min(limit, patch.start);
          break;
        }
        limit = text.length;
        running = patch.end === text.length;
      }
      const from = Math.max(patch.start, ends);
      pending.write(from - skipped, patch.text.slice(from - patch.start));
    }
    late = false;
    context = text.slice(Math.max(0, limit - contextBytes), limit);
    pending.release(limit - skipped);
  };

  return {
    add: (piece) => {
      const unread = Math.min(kept, piece.to - piece.from);
      kept -= unread;
      // A chunk may be longer than a window.
      for (let from = piece.from + unread; from < piece.to; from += stepBytes) {
        pending.add({ ...piece, from, to: Math.min(piece.to, from + stepBytes), phase: piece.phase + from - piece.from });
        if (dead) {
          pending.blank();
          pending.release();
        } else if (pending.length >= windowBytes || pending.count >= mostPieces) step(false, false);
      }
    },
    finish: (cut) => {
      if (pending.length > 0) step(true, cut);
    },
    giveUp: () => {
      if (pending.length === 0) return;
      if (!dead) tally.blanked();
      dead = true;
      pending.blank();
      pending.release();
    },
    gap: () => {
      if (pending.length > 0) step(true, true);
      context = '';
      running = false;
      late = true;
    },
  };
};

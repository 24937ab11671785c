import type { FrameHeader } from '../model/frame.js';
import { type Piece, Pieces, textOf, writeOver } from './chunks.js';
import type { DeflateContext } from './deflate.js';
import { editFrames, type FrameSpots, type Spot } from './frame-edit.js';
import { patched, type Search } from './search.js';
import type { RedactionTally } from './summary.js';
import { createTextStream } from './text-stream.js';

/** Takes the payload of one message, frame by frame. */
export interface Sink {
  /** The next frame; `spots`: where its header stands, null when that is not in reach any more. */
  begin(header: FrameHeader, spots: readonly Spot[] | null): void;
  add(piece: Piece): void;
  /** No more will come; `cut`: of the message, or of its last frame, the end is missing. */
  finish(cut: boolean): void;
  giveUp(): void;
  gap(): void;
}

export interface Tools {
  readonly search: Search;
  readonly tally: RedactionTally;
}

const nothing = (): void => {};

/** A whole message that lies in one piece, as most do. `keep` as with `createTextStream`. */
export const searchPiece = ({ search }: Tools, piece: Piece, keep: number): void => {
  const { from, to, phase } = piece;
  const kept = Math.min(keep, to - from);
  const searched = kept === 0 ? piece : { ...piece, from: from + kept, phase: phase + kept };
  for (const patch of search(textOf(searched))) writeOver(searched, patch.start, patch.text);
};

export const textSink = (tools: Tools, keep = 0): Sink => ({ begin: nothing, ...createTextStream(tools, { keep }) });

/** For what cannot be read: `x` in place of every byte. */
export const blankSink = ({ tally }: Tools, keep = 0): Sink => {
  const pieces = new Pieces();
  let kept = keep;
  let told = false;
  return {
    begin: nothing,
    add: (piece) => {
      const unread = Math.min(kept, piece.to - piece.from);
      kept -= unread;
      pieces.add({ ...piece, from: piece.from + unread, phase: piece.phase + unread });
      if (pieces.length > 0 && !told) tally.blanked();
      told ||= pieces.length > 0;
      pieces.blank();
      pieces.release();
    },
    finish: nothing,
    giveUp: nothing,
    gap: nothing,
  };
};

/** A compressed message that takes more than this on the wire is not searched. */
const packedLimit = 4 * 1024 * 1024;
/** The same for one that comes in more frames: empty ones cost its sender nothing (threat T31). */
const mostFrames = 64 * 1024;

/** A message of permessage-deflate. */
export const packedSink = ({ search, tally }: Tools, context: DeflateContext): Sink => {
  const pieces = new Pieces();
  const frames: FrameSpots[] = [];
  let editable = true;
  let dead = false;

  const letGo = (): void => {
    pieces.release();
    for (const { spots } of frames.splice(0)) for (const { chunk } of spots) chunk.holds--;
  };
  const blank = (): void => {
    if (!dead) tally.blanked();
    dead = true;
    pieces.blank();
    letGo();
    // Whoever reads the new recording cannot inflate this one, and begins anew behind it.
    context.reset();
  };
  const replace = (bytes: Uint8Array, touched: number): void => {
    if (!editable) {
      blank();
      return;
    }
    editFrames(frames, context.deflate(bytes, touched));
    tally.recompressed();
    letGo();
  };
  const whole = (): void => {
    const inflated = context.inflate(pieces.bytes(), true);
    if (inflated.error !== undefined) {
      blank();
      return;
    }
    if (inflated.cut) {
      tally.blanked();
      replace(Buffer.alloc(inflated.length, 'x'), inflated.length);
      return;
    }
    const text = Buffer.from(inflated.bytes.buffer, inflated.bytes.byteOffset, inflated.bytes.length).toString('latin1');
    const patches = search(text);
    if (patches.length > 0 || context.stale) replace(Buffer.from(patched(text, patches), 'latin1'), patches.at(-1)?.end ?? 0);
    else {
      context.passed(inflated.bytes);
      letGo();
    }
  };

  return {
    begin: (header, spots) => {
      if (dead) return;
      editable &&= spots !== null;
      for (const { chunk } of spots ?? []) chunk.holds++;
      frames.push({ header, spots: [...(spots ?? [])] });
      if (frames.length > mostFrames) blank();
    },
    add: (piece) => {
      pieces.add(piece);
      const { chunk, from, to } = piece;
      if (dead) {
        pieces.blank();
        pieces.release();
        return;
      }
      const spots = frames.at(-1)?.spots;
      const last = spots?.at(-1);
      if (last && last.chunk === chunk && last.to === from) spots?.splice(-1, 1, { chunk, from: last.from, to });
      else {
        chunk.holds++;
        spots?.push({ chunk, from, to });
      }
      if (pieces.length > packedLimit) blank();
    },
    finish: (cut) => {
      if (dead) return;
      if (!cut) {
        whole();
        return;
      }
      const inflated = context.inflate(pieces.bytes(), false);
      const text = Buffer.from(inflated.bytes.buffer, inflated.bytes.byteOffset, inflated.bytes.length).toString('latin1');
      if (
        inflated.error !== undefined ||
        inflated.length > inflated.bytes.length ||
        context.stale ||
        search(text, { cut: true }).length > 0
      )
        blank();
      else letGo();
    },
    giveUp: () => {
      if (!dead) blank();
    },
    gap: () => {
      if (!dead) blank();
    },
  };
};

import type { Gap } from '../model/frame.js';
import { headerSize, longestHeader } from './frame-header.js';

/** Where a reader of frames goes on behind a gap. */
export interface Landing {
  /** Payload bytes until the frame in hand ends. */
  readonly left: number;
  /** The beginning of a header, not a whole one. */
  readonly header: Uint8Array;
  readonly unfinished: boolean;
}

/** What a reader was at when the gap came: payload bytes that the frame in hand still lacked, and bytes of a header that was not whole. */
interface Standing {
  readonly left: number;
  readonly held: number;
}

/**
 * `inside`: the frame in hand goes on behind the gap, which took nothing but payload of it. `lost`: nobody can say where the next frame begins. Else
 * frames are missing. Recordings come from anyone (threats.md T58), so what `resume` says is checked.
 */
export const landingOf = ({ bytes, resume }: Gap, { left, held }: Standing): Landing | 'inside' | 'lost' => {
  if (!isCount(bytes)) return 'lost';
  const within = held === 0 && left > 0 && bytes <= left;
  if (!resume) return within ? 'inside' : 'lost';
  if (!isCount(resume.left)) return 'lost';
  if (within && resume.left === left - bytes && resume.header === '') return 'inside';
  const header = Buffer.from(resume.header, 'base64');
  if (header.length >= longestHeader || (header.length > 0 && resume.left > 0)) return 'lost';
  if (header.length >= 2 && header.length >= headerSize(header[1] as number)) return 'lost';
  return { left: resume.left, header, unfinished: resume.unfinished };
};

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

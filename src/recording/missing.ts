import { aligned, entryHead, kinds, type Slab } from './slab.js';

const LF = 0x0a;
const beforeData = '"data":"';

/** What is not in the recording: events, and payload bytes among them. */
export interface Missing {
  readonly events: number;
  readonly bytes: number;
}

export const nothingMissing: Missing = { events: 0, bytes: 0 };
export const plus = (one: Missing, other: Missing): Missing => ({ events: one.events + other.events, bytes: one.bytes + other.bytes });

/** What a slab holds. */
export const countSlab = ({ buffer, used }: Slab): Missing => {
  const words = new Uint32Array(buffer, 0, used >> 2);
  let events = 0;
  let bytes = 0;
  for (let entry = 0; entry < used; ) {
    const kind = (words[entry >> 2] as number) & 3;
    const length = words[(entry >> 2) + 1] as number;
    if (kind !== kinds.name) events++;
    if (kind === kinds.client || kind === kinds.server) bytes += length;
    entry += entryHead + aligned(length);
  }
  return { events, bytes };
};

/** What whole lines hold. */
export const countLines = (lines: Uint8Array): Missing => {
  const text = Buffer.from(lines.buffer, lines.byteOffset, lines.length);
  let events = 0;
  let bytes = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(LF, start);
    const line = text.toString('latin1', start, end === -1 ? text.length : end);
    events++;
    if (line.includes('","type":"bytes","from":"')) {
      bytes += Buffer.byteLength(line.slice(line.lastIndexOf(beforeData) + beforeData.length, -'"}'.length), 'base64');
    }
    start = end === -1 ? text.length : end + 1;
  }
  return { events, bytes };
};

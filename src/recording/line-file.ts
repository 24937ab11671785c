import { codeOf } from '../model/problem.js';

const LF = 0x0a;
/** The most that is read back to find the starts of the last lines, bytes. */
const tailBytes = 1024 * 1024;

export interface LineFilePorts {
  /** Writes at a position in the file and returns how many bytes it took; throws as `fs.writeSync` does. */
  write(bytes: Uint8Array, range: { readonly from: number; readonly length: number; readonly position: number }): number;
  truncate(length: number): void;
  /** The last bytes of the first `end` of the file, `length` of them. */
  read(end: number, length: number): Uint8Array;
}

/** What became of lines that were to be appended. `taken` bytes are in the file, and end with a whole line. */
export type Appended = { readonly taken: number } | { readonly taken: number; readonly error: unknown; readonly code: string };

export interface LineFile {
  /** Bytes of whole lines in the file. */
  readonly end: number;
  /** When the system does not take all (a full disk) the file is cut back to the end of the last whole line. */
  append(lines: Uint8Array): Appended;
  /** Takes at least so many bytes off the end, in whole lines, never the first line; returns them, or undefined when there are none. */
  giveUp(bytes: number): Uint8Array | undefined;
}

/** Appends whole lines to a file that begins with `size` good bytes, its first line. */
export const createLineFile = (size: number, { write, truncate, read }: LineFilePorts): LineFile => {
  let end = size;

  const cut = (length: number): void => {
    end = length;
    try {
      truncate(end);
    } catch {
      // The reader drops a torn last line all the same.
    }
  };

  return {
    get end() {
      return end;
    },
    append(lines) {
      const { length } = lines;
      let done = 0;
      try {
        while (done < length) {
          const taken = write(lines, { from: done, length: length - done, position: end + done });
          if (taken <= 0) throw Object.assign(new Error('the system took no byte'), { code: 'EIO' });
          done += taken;
        }
        end += length;
        return { taken: length };
      } catch (error) {
        const taken = done === 0 ? 0 : lines.lastIndexOf(LF, done - 1) + 1;
        cut(end + taken);
        return { taken, error, code: codeOf(error) || 'EIO' };
      }
    },
    giveUp(bytes) {
      const tail = read(end, Math.min(tailBytes, end - size));
      if (tail.length < bytes) return undefined;
      const start = tail.length === bytes ? 0 : tail.lastIndexOf(LF, tail.length - bytes - 1) + 1;
      if (start === 0 && tail.length < end - size) return undefined;
      const given = tail.slice(start);
      cut(end - given.length);
      return given;
    },
  };
};

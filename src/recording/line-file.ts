import { codeOf, sentenceOf } from '../model/problem.js';

const LF = 0x0a;
/** After a failed write, how long until the next try, in milliseconds. */
const retryMs = 1000;

export interface LineFilePorts {
  /** Writes at a position in the file and returns how many bytes it took; throws as `fs.writeSync` does. */
  write(bytes: Uint8Array, range: { readonly from: number; readonly length: number; readonly position: number }): number;
  truncate(length: number): void;
  /** Milliseconds, only compared with each other. */
  now(): number;
  trouble(code: string, message: string): void;
  /** The line (with its line feed) that marks what is missing since a write failed. */
  gapLine(code: string): Uint8Array;
}

/**
 * Appends whole lines to a file that begins with `size` good bytes. When a write fails (a full disk) the file is cut back to the end of
 * its last whole line; later lines are left out until a write works again, behind a line that marks the gap.
 */
export const createLineFile = (size: number, { write, truncate, now, trouble, gapLine }: LineFilePorts) => {
  let end = size;
  let stopped: { code: string; retryAt: number } | undefined;

  const stop = (thrown: unknown): void => {
    const code = codeOf(thrown) || 'EIO';
    stopped = { code, retryAt: now() + retryMs };
    trouble(code, sentenceOf(thrown));
  };

  const append = (bytes: Uint8Array): boolean => {
    const { length } = bytes;
    let done = 0;
    try {
      while (done < length) {
        const taken = write(bytes, { from: done, length: length - done, position: end + done });
        if (taken <= 0) throw Object.assign(new Error('the system took no byte'), { code: 'EIO' });
        done += taken;
      }
      end += length;
      return true;
    } catch (error) {
      end += done === 0 ? 0 : bytes.lastIndexOf(LF, done - 1) + 1;
      try {
        truncate(end);
      } catch {
        // The reader drops a torn last line all the same.
      }
      stop(error);
      return false;
    }
  };

  const resumed = (was: { code: string; retryAt: number }): boolean => {
    if (now() < was.retryAt) return false;
    stopped = undefined;
    return append(gapLine(was.code));
  };

  return (bytes: Uint8Array): void => {
    if (stopped && !resumed(stopped)) return;
    append(bytes);
  };
};

import { close, closeSync, constants, fstatSync, openSync, write } from 'node:fs';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';

/** A TLS 1.3 connection has five lines of some 180 bytes: enough for a thousand connections that wait for a slow disk. */
const mostUnwritten = 1024 * 1024;

export interface KeylogFile {
  /** Sentences for the user about the file as it was found. */
  readonly notices: readonly string[];
  line(line: Buffer): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/**
 * A file in the NSS key log format (as SSLKEYLOGFILE), appended to. Made for its owner alone, for whoever reads it can decrypt the traffic.
 * Writing never blocks and never fails the traffic: lines that find no room are left out, and `trouble` is told once. Throws a Problem.
 */
export const openKeylogFile = (path: string, trouble: (text: string) => void): KeylogFile => {
  const { fd, notices } = openFile(path);
  let waiting: Buffer[] = [];
  let unwritten = 0;
  let writing = false;
  let told = false;
  let onIdle = (): void => {};

  const complain = (why: string): void => {
    if (told) return;
    told = true;
    trouble(`The key log ${path} is not complete: ${why}. Connections whose lines are missing cannot be decrypted with it.`);
  };
  const next = (): void => {
    if (waiting.length === 0) {
      writing = false;
      onIdle();
      return;
    }
    writing = true;
    const batch = Buffer.concat(waiting);
    waiting = [];
    writeAll(batch, 0);
  };
  const writeAll = (batch: Buffer, from: number): void => {
    write(fd, batch, from, batch.length - from, null, (error, written) => {
      if (error) complain(sentenceOf(error));
      else if (from + written < batch.length) return writeAll(batch, from + written);
      unwritten -= batch.length;
      next();
    });
  };
  return {
    notices,
    line: (line) => {
      if (unwritten + line.length > mostUnwritten) return complain('its disk is too slow');
      // Node lends the line.
      waiting.push(Buffer.from(line));
      unwritten += line.length;
      if (!writing) next();
    },
    close: async () => {
      if (writing) {
        await new Promise<void>((resolve) => {
          onIdle = resolve;
        });
      }
      await new Promise<void>((resolve) => close(fd, () => resolve()));
    },
  };
};

const openFile = (path: string): { readonly fd: number; readonly notices: readonly string[] } => {
  const refuse = (why: string, cause?: unknown): Problem =>
    new Problem('SHK_USAGE', `The key log ${path} cannot be written: ${why}.`, 'Give --keylog a file that you may write to.', { cause });
  let fd: number;
  try {
    // O_NONBLOCK: a pipe without a reader would hold the start up.
    fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600);
  } catch (error) {
    throw refuse(codeOf(error) === 'ENXIO' ? 'it is no plain file' : sentenceOf(error), error);
  }
  const found = fstatSync(fd);
  if (!found.isFile()) {
    closeSync(fd);
    throw refuse('it is no plain file');
  }
  // Windows has no mode in this sense.
  if (process.platform === 'win32' || (found.mode & 0o077) === 0) return { fd, notices: [] };
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return {
    fd,
    notices: [`The key log ${path} was there already and is open to other users (mode ${mode}): whoever reads it can decrypt the traffic.`],
  };
};

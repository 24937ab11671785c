import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../model/event.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { encodeEvent, encodeFirstLine } from '../recording/codec.js';
import type { Source } from '../recording/lines.js';
import { type Reading, readRecording, readSteps } from '../recording/reader.js';
import { createRedactor } from '../redaction/redactor.js';
import type { RedactionSummary } from '../redaction/summary.js';

export interface RedactedCopy {
  /** A recording of the wanted exchanges, every secret in it replaced. */
  readonly path: string;
  readonly summary: RedactionSummary;
  /** What was read; damaged lines and a torn one are not in the copy. */
  readonly reading: Reading;
  /** Deletes the copy. Without it, it goes when the process ends. */
  remove(): Promise<void>;
}

/** What is written at once, characters. */
const batchLength = 1024 * 1024;

/**
 * Reads a recording twice, first to learn its secrets, also those of exchanges that are not wanted, then to write the copy: into a file that only its
 * owner can read, in a folder of its own. Memory is flat. Rejects with a Problem SHK_RECORDING.
 */
export const redactedCopy = async (
  source: Source,
  { wanted = () => true }: { readonly wanted?: (id: string) => boolean } = {},
): Promise<RedactedCopy> => {
  const folder = await makeFolder();
  try {
    const original = typeof source === 'string' ? source : await spool(source, join(folder, 'original.jsonl'));
    const redactor = createRedactor({ key: randomBytes(32) });
    const { first } = await readRecording(original, { onEvent: (event) => redactor.learn(event) });

    const path = join(folder, 'redacted.jsonl');
    const file = await open(path, 'wx', 0o600);
    let reading: Reading;
    try {
      const sink = createSink(file);
      // What the redactor holds back must not come behind the last line.
      let last: Event | undefined;
      const steps = readSteps(original, {
        onEvent: (event) => {
          if (event.type === 'stopped') last = event;
          else if (event.exchange === '' || wanted(event.exchange)) sink.add(redactor.rewrite(event));
        },
      });
      const { startedAt, shakedown, lastLine } = first;
      await file.writeFile(`${encodeFirstLine({ startedAt, shakedown, ...(lastLine === 'stopped' && { lastLine }) })}\n`);
      for (;;) {
        const step = await steps.next();
        await sink.write(batchLength);
        if (!step.done) continue;
        reading = step.value;
        break;
      }
      sink.add(redactor.finish());
      if (last) sink.add([last]);
      await sink.write(0);
    } finally {
      await file.close();
    }
    if (original !== source) await rm(original, { force: true });
    return { path, summary: redactor.summary(), reading, remove: () => removeFolder(folder) };
  } catch (error) {
    await removeFolder(folder);
    throw error instanceof Problem ? error : unwritable(error);
  }
};

/** Nearly all lines are of type `bytes`, and have nothing that a terminal could obey. */
const lineOf = (event: Event): string => {
  if (event.type !== 'bytes' || !/^[\w-]*$/.test(event.exchange) || !/^[\d:.TZ-]*$/.test(event.at)) return encodeEvent(event);
  return `{"at":"${event.at}","exchange":"${event.exchange}","type":"bytes","from":"${event.from}","data":"${event.data}"}`;
};

const createSink = (file: FileHandle) => {
  const lines: string[] = [];
  let length = 0;
  return {
    add: (events: readonly Event[]): void => {
      for (const event of events) {
        const line = lineOf(event);
        lines.push(line);
        length += line.length;
      }
    },
    write: async (least: number): Promise<void> => {
      if (lines.length === 0 || length < least) return;
      lines.push('');
      const text = lines.join('\n');
      lines.length = 0;
      length = 0;
      await file.writeFile(text);
    },
  };
};

/** What can be read only once is put down first. */
const spool = async (source: AsyncIterable<Uint8Array>, path: string): Promise<string> => {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const bytes of source) await file.writeFile(bytes);
  } finally {
    await file.close();
  }
  return path;
};

const unwritable = (error: unknown): Problem =>
  new Problem(
    'SHK_RECORDING',
    `The redacted copy of the recording cannot be written: ${sentenceOf(error)}.`,
    'Make room in the folder for temporary files, or name another one in the environment variable TMPDIR.',
    { cause: error },
  );

/** Folders that are still there. */
const folders = new Set<string>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const removeAll = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
};
const onSignal = (signal: NodeJS.Signals): void => {
  removeAll();
  for (const each of signals) process.off(each, onSignal);
  // Whoever else listens decides what the signal does; with nobody else it does what it would have done.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
};

const makeFolder = async (): Promise<string> => {
  let folder: string;
  try {
    // mkdtemp makes it for the owner alone (0700).
    folder = await mkdtemp(join(tmpdir(), 'shakedown-export-'));
  } catch (error) {
    throw unwritable(error);
  }
  if (folders.size === 0) {
    process.on('exit', removeAll);
    for (const signal of signals) process.on(signal, onSignal);
  }
  folders.add(folder);
  return folder;
};

const removeFolder = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size > 0) return;
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, onSignal);
};

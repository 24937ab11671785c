import type { Exchange } from '../model/exchange.js';
import { Problem } from '../model/problem.js';
import type { Recorder } from '../recording/recorder.js';
import type { Control } from './control.js';
import { curlCommand } from './curl-command.js';
import { createMemoryMessages } from './memory-messages.js';
import { openRecordingInWorker } from './open-recording.js';

export interface EngineMessages extends Pick<Control, 'messages' | 'message' | 'searchMessages' | 'curl'> {
  /** For a filter that asks for messages. */
  readonly rows: Control['rows'];
  stop(): Promise<void>;
}

/**
 * The messages of a running engine are those of the recording that it writes. A thread of its own reads that, from the first time that somebody
 * asks: the river has nothing to do with it.
 */
export const createEngineMessages = (
  recorder: Recorder & { source?(): AsyncIterable<Uint8Array> },
  exchangeOf: (id: string) => Exchange | undefined,
): EngineMessages => {
  const { path } = recorder;
  if (path === null) {
    const source = () => recorder.source?.() ?? nothing();
    const again = { [Symbol.asyncIterator]: () => source()[Symbol.asyncIterator]() };
    return { ...createMemoryMessages(source, exchangeOf), curl: (id) => curlCommand(again, id), rows: notKept, stop: async () => {} };
  }

  let opened: ReturnType<typeof openRecordingInWorker> | undefined;
  const reader = async (): Promise<Control> => {
    await recorder.flush();
    opened ??= openRecordingInWorker(path).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return (await opened).control;
  };
  return {
    messages: async (id, window) => (await reader()).messages(id, window),
    message: async (id, number) => (await reader()).message(id, number),
    searchMessages: async (id, text) => (await reader()).searchMessages(id, text),
    curl: async (id) => (await reader()).curl(id),
    rows: async (window) => (await reader()).rows(window),
    stop: async () => {
      await (await opened?.catch(() => undefined))?.control.stop();
    },
  };
};

async function* nothing(): AsyncGenerator<Uint8Array> {}

const notKept = (): Promise<never> =>
  Promise.reject(
    new Problem(
      'SHK_USAGE',
      'Messages cannot be filtered: nothing is recorded (--no-record).',
      'Start without --no-record, or filter by other fields.',
    ),
  );

import type { Ledger } from '../ledger/ledger.js';
import type { Event } from '../model/event.js';
import { memoryRecorder } from '../recording/memory-recorder.js';
import { createPayloadLimit } from '../recording/payload-limit.js';
import type { Recorder } from '../recording/recorder.js';
import { defaultRecordingPath } from '../recording/recording-path.js';
import { openRecording } from '../recording/writer.js';
import type { EngineOptions } from './options.js';
import { systemClock } from './system-clock.js';
import { version } from './version.js';

interface RecorderPorts {
  /** It sees every byte, so it knows what the recording lacks and where frames go on. */
  readonly ledger: Ledger;
  notice(level: 'info' | 'warning' | 'error', text: string): void;
  /** The recording's last line, for whoever else gets its events. */
  stopped(event: Event): void;
}

/** The recorder that the options ask for. Rejects with a Problem SHK_RECORDING. */
export const startRecorder = async (
  { record, bounds, dataFolder }: Pick<EngineOptions, 'record' | 'bounds' | 'dataFolder'>,
  { ledger, notice, stopped }: RecorderPorts,
): Promise<Recorder> => {
  const { framesDue } = ledger;
  const onLost = ledger.apply;
  const limit = bounds.payload === null ? null : createPayloadLimit({ limit: bounds.payload, clock: systemClock, framesDue, onLost });
  if (record.type === 'memory') {
    const inMemory = memoryRecorder({ clock: systemClock, shakedown: version, maxBytes: bounds.recording });
    return limit ? limit.around(inMemory) : inMemory;
  }
  const recorder = await openRecording({
    path: record.type === 'file' ? record.path : defaultRecordingPath(dataFolder, systemClock, process.pid),
    clock: systemClock,
    shakedown: version,
    maxBytes: bounds.recording,
    onTrouble: ({ message, advice }) => notice('error', `${message} ${advice}`),
    onNotice: notice,
    onLost,
    onStopped: stopped,
    resumeOf: limit ? limit.resumeOf : ledger.resumeOf,
  });
  return limit ? limit.around(recorder) : recorder;
};

import type { Argv } from 'yargs';
import type { RecordingBounds } from '../control/options.js';
import { Problem } from '../model/problem.js';

/** The flags that bound a recording. */
export const boundsFlags = <T>(args: Argv<T>) =>
  args
    .option('max-recording', {
      type: 'string',
      requiresArg: true,
      describe: 'the recording never grows over this size (500k, 64M, 2G); near it payloads are left out first, and it says so',
    })
    .option('max-payload', {
      type: 'string',
      requiresArg: true,
      describe:
        'keep at most this much (500k, 64M) of the payload of one message, and of one side of a body or a tunnel; the rest is marked with its length',
    });

export interface BoundsFlags {
  readonly maxRecording?: string | undefined;
  readonly maxPayload?: string | undefined;
}

/** Less than this would not hold the heads of a few exchanges. */
const leastRecording = 64 * 1024;
const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

const sizeOf = (flag: string, text: string | readonly string[] | undefined): number | null => {
  if (text === undefined) return null;
  const [, digits, unit] = (typeof text === 'string' && /^(\d{1,12})([kmg]?)(?:i?b)?$/i.exec(text)) || [];
  if (digits !== undefined && unit !== undefined) return Number(digits) * (units[unit.toLowerCase()] ?? 1);
  throw new Problem(
    'SHK_USAGE',
    `--${flag} ${JSON.stringify(text)} is no size.`,
    `Example: --${flag}=${flag === 'max-payload' ? '64k' : '2G'}`,
  );
};

/** Throws a Problem (SHK_USAGE) that names the flag. */
export const boundsOf = ({ maxRecording, maxPayload }: BoundsFlags): RecordingBounds => {
  const recording = sizeOf('max-recording', maxRecording);
  if (recording !== null && recording < leastRecording)
    throw new Problem('SHK_USAGE', `--max-recording ${maxRecording} is too small for a recording.`, 'Give at least 64k.');
  return { recording, payload: sizeOf('max-payload', maxPayload) };
};

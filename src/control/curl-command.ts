import { basename } from 'node:path';
import { exportExchange } from '../formats/export-exchange.js';
import type { Source } from '../recording/lines.js';
import { version } from './version.js';

/** One exchange as a curl command to be pasted somewhere: always redacted. `source` must be one that can be read more than once. */
export const curlCommand = (source: Source, id: string): Promise<string> =>
  exportExchange(source, id, {
    format: async () => (await import('../formats/commands/curl.js')).curl,
    redact: true,
    shakedown: version,
    recording: typeof source === 'string' ? basename(source) : 'memory',
  });

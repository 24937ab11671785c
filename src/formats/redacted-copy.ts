import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../recording/lines.js';
import type { RedactionSummary } from '../redaction/summary.js';

/** PLACEHOLDER until the branch `redaction` lands: it redacts nothing. */
export const redactedCopy = async (
  source: Source,
  _options: { readonly wanted: (id: string) => boolean },
): Promise<{ readonly path: string; readonly summary: RedactionSummary; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'shakedown-copy-'));
  const path = join(folder, 'copy.jsonl');
  await copyFile(String(source), path);
  return { path, summary: { kinds: [], blanked: 0 }, remove: () => rm(folder, { recursive: true, force: true }) };
};

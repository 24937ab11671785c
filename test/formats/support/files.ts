import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ExportContext, ExportFormat, RecordedExchange } from '../../../src/formats/format.js';
import { recordedExchanges } from '../../../src/formats/recorded-exchanges.js';

/** A folder that is gone when the test is over. */
export const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-formats-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const context: ExportContext = {
  shakedown: '0.1.0',
  recording: 'session.jsonl',
  startedAt: '2026-01-01T00:00:00.000000Z',
  redaction: null,
};

/** The whole of what a format writes. */
export const written = async (format: ExportFormat, exchanges: AsyncIterable<RecordedExchange>, given = context): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of format.write(exchanges, given)) parts.push(Buffer.from(part as string));
  return Buffer.concat(parts).toString('utf8');
};

/** Exports a recording into a file of that folder. */
export const exported = async (recording: string, { format, folder, name }: { format: ExportFormat; folder: string; name: string }) => {
  const path = join(folder, name);
  writeFileSync(path, await written(format, recordedExchanges(recording)));
  return path;
};

/** Every exchange of a recording. */
export const exchangesOf = async (recording: string): Promise<readonly RecordedExchange[]> => {
  const found: RecordedExchange[] = [];
  for await (const exchange of recordedExchanges(recording)) found.push(exchange);
  return found;
};

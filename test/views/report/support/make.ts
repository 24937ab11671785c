import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ExportContext, ExportFormat, RecordedExchange } from '../../../../src/formats/format.js';
import { recordedExchanges } from '../../../../src/formats/recorded-exchanges.js';
import { htmlReport } from '../../../../src/views/report/html-report.js';

export const context: ExportContext = {
  shakedown: '0.1.0',
  recording: 'session.jsonl',
  startedAt: '2026-01-31T12:00:00.000000Z',
  redaction: { kinds: [{ kind: 'authorization', places: 2 }], blanked: 1 },
};

export const writtenBy = async (
  format: ExportFormat,
  exchanges: AsyncIterable<RecordedExchange> | Iterable<RecordedExchange>,
  more: Partial<ExportContext> = {},
): Promise<string> => {
  async function* given() {
    yield* exchanges;
  }
  let text = '';
  for await (const part of format.write(given(), { ...context, ...more })) text += String(part);
  return text;
};

/** The report of a recording, beside it. */
export const reportOf = async (recording: string, to: string, only?: string): Promise<string> => {
  const { startedAt } = JSON.parse(readFileSync(recording, 'utf8').split('\n', 1)[0] ?? '') as { startedAt: string };
  const exchanges = recordedExchanges(recording, only === undefined ? {} : { wanted: (id) => id === only });
  writeFileSync(to, await writtenBy(htmlReport, exchanges, { recording: basename(recording), startedAt }));
  return to;
};

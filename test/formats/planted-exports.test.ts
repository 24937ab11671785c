import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordedExchanges } from '../../src/formats/recorded-exchanges.js';
import { redactedCopy } from '../../src/formats/redacted-copy.js';
import { exportFormats } from '../../src/views/export-formats.js';
import { testFolder } from '../e2e/support/folder.js';
import { recordingText } from '../recording/support/files.js';
import { needles, textsIn } from '../redaction/haystack.js';
import { plantedRecording } from '../redaction/planted.js';
import { context } from './support/recorded.js';

const path = join(testFolder(), 'planted.jsonl');
let secrets: ReadonlyMap<string, string>;

beforeAll(async () => {
  const planted = await plantedRecording();
  secrets = planted.secrets;
  writeFileSync(path, recordingText(planted.events));
});

const exported = async (file: string, entry: (typeof exportFormats)[number], redaction: typeof context.redaction): Promise<Buffer> => {
  const format = await entry.load(file);
  const parts: Buffer[] = [];
  for await (const part of format.write(recordedExchanges(file), { ...context, redaction })) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

const found = (bytes: Buffer): string[] => {
  const hay = textsIn(bytes.toString('latin1'));
  return [...secrets].filter(([, secret]) => needles(secret).some((needle) => hay.includes(needle))).map(([place]) => place);
};

describe.each(exportFormats)('an export as $id', (entry) => {
  it('holds none of the planted secrets, and unredacted it holds many', async () => {
    const copy = await redactedCopy(path);
    try {
      expect(found(await exported(copy.path, entry, copy.summary))).toEqual([]);
    } finally {
      await copy.remove();
    }
    expect(found(await exported(path, entry, null)).length).toBeGreaterThan(10);
  });
});

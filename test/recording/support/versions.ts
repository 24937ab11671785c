import { existsSync, readFileSync } from 'node:fs';
import { currentVersion, type Lineage, migrationFrom } from '../../../src/recording/migrate.js';

const root = new URL('../../../', import.meta.url);

/** A file that a shakedown of that time wrote, and the schema that its lines keep to. */
export const filesOf = (version: number, current: number = currentVersion): { readonly recording: URL; readonly schema: URL } => ({
  recording: new URL(`test/recordings/v${version}.jsonl`, root),
  schema: new URL(version === current ? 'docs/recording.schema.json' : `docs/recording.schema.v${version}.json`, root),
});

/** What is missing for the files of every version to be readable, in sentences. `lineage` is the real one when not given. */
export const versionGaps = (lineage?: Lineage): readonly string[] => {
  const current = lineage?.current ?? currentVersion;
  return Array.from({ length: current }, (_, index) => index + 1).flatMap((version) => {
    const { recording, schema } = filesOf(version, current);
    const gaps: string[] = [];
    if (typeof migrationFrom(version, lineage) === 'string') gaps.push(`no step leads from version ${version} to ${current}`);
    if (!existsSync(recording)) gaps.push(`there is no canned recording of version ${version}`);
    else if (JSON.parse(readFileSync(recording, 'utf8').split('\n')[0] ?? '').version !== version)
      gaps.push(`the recording of version ${version} is of another one`);
    if (!existsSync(schema)) gaps.push(`there is no schema of version ${version}`);
    else if (JSON.parse(readFileSync(schema, 'utf8')).$id !== `urn:shakedown:recording:${version}`)
      gaps.push(`the schema of version ${version} is of another one`);
    return gaps;
  });
};

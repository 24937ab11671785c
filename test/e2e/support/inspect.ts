import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { AppliedFault } from '../../../src/model/fault-choice.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Leg } from '../../../src/model/leg.js';
import { exchangeLine } from '../../../src/recording/exchange-json.js';
import { readExchanges } from '../../../src/recording/exchanges.js';
import { runCli } from './shakedown.js';

type LegRow = Pick<Leg, 'timings' | 'bytesIn' | 'bytesOut'> & {
  readonly [Name in 'tls' | 'tlsFailure' | 'end']: NonNullable<Leg[Name]> | null;
};

/** A line of `inspect FILE --json`, as product.md promises it. */
export interface Row {
  readonly id: string;
  readonly startedAt: string;
  readonly kind: string;
  readonly entrance: string | null;
  readonly url: string;
  readonly status: number;
  readonly outcome: string;
  readonly heads: Readonly<Record<'clientSent' | 'serverGot' | 'serverSent' | 'clientGot', string | null>>;
  readonly client: LegRow;
  readonly server: LegRow | null;
  readonly messages: { readonly fromClient: number; readonly fromServer: number };
  readonly faults: readonly AppliedFault[];
  readonly findings: readonly Finding[];
}

/** What `inspect FILE --json` says; every line of its stdout must be one object. */
export const inspect = async (folder: string, file: string): Promise<readonly Row[]> => {
  const { code, stdout, stderr } = await runCli(folder, ['inspect', file, '--json']);
  // A recording that is still being written, or whose process was killed, is one without an end.
  const notes = stderr.replace(/^shakedown: this recording has no end: .*\n/, '');
  if (code !== 0 || notes !== '') throw new Error(`inspect ended with ${code}: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
};

/** The same without a process of its own, where the command itself is not what is tested. */
export const readRows = async (file: string | null): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const { exchange } of readExchanges(file ?? '')) rows.push(JSON.parse(exchangeLine(exchange, diagnose(exchange))));
  return rows;
};

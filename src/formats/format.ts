import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { RecordedEvent } from '../recording/exchange-events.js';
import type { RecordedBytes } from '../recording/exchanges.js';
import type { TimedMessage } from '../recording/read-messages.js';
import type { RedactionSummary } from '../redaction/summary.js';

/** One exchange of a recording with all that is derived from it. Messages and chunks are read when asked for, as often as asked for. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
  /** Batches, in the order in which the messages were complete; a text of over 1 MiB is cut and says so. */
  messages(): AsyncIterable<readonly TimedMessage[]>;
  /** Everything behind the heads as the chunks that crossed: frames, bodies, opaque bytes. */
  chunks(): AsyncIterable<readonly RecordedBytes[]>;
  /** All its events in their order, the chunks among them: for who needs to know what came before what. */
  events(): AsyncIterable<readonly RecordedEvent[]>;
}

/** What an export says about itself. */
export interface ExportContext {
  /** The version of shakedown. */
  readonly shakedown: string;
  /** The recording's file name, without its folders. */
  readonly recording: string;
  /** ISO time at which the recording begins. */
  readonly startedAt: string;
  /** What was taken out; null: nothing was, because the user said `--no-redact`. What is exported is redacted before a format sees it. */
  readonly redaction: RedactionSummary | null;
}

/** One way to write a recording down for other tools. Memory stays flat: parts are given as they are made. */
export interface ExportFormat {
  /** As `--format` takes it. */
  readonly id: string;
  /** Other names that `--format` takes. */
  readonly aliases: readonly string[];
  /** A file's name ends so, without the dot. */
  readonly extension: string;
  /** Cannot be shown in a terminal. */
  readonly binary: boolean;
  /** One sentence: what it is, and what opens it. */
  readonly about: string;
  write(exchanges: AsyncIterable<RecordedExchange>, context: ExportContext): AsyncIterable<string | Uint8Array>;
}

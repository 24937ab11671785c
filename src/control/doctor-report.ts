import { compareFindings } from '../diagnosis/rank.js';
import { didOpen, outcomeText, statusOf } from '../diagnosis/trials/trial.js';
import type { Finding } from '../model/finding.js';
import type { Investigation } from '../probe/investigate.js';
import type { Heard } from '../probe/listener.js';
import { type Step, stepsOf } from '../probe/steps.js';
import { type ClientSays, clientsSay } from './clients-say.js';

/** One experiment: the first attempt again, with one thing changed. */
export interface ReportedTrial {
  /** What was changed: `no-origin`, `path`, ... */
  readonly change: string;
  /** In words, behind which an outcome can stand: `without an Origin`. */
  readonly title: string;
  readonly opened: boolean;
  /** 0: no answer. */
  readonly status: number;
  readonly outcome: string;
  /** Milliseconds. */
  readonly ms: number;
}

/** What was asked for. */
export interface Asked {
  readonly origin: string | null;
  readonly protocols: readonly string[];
  /** The proxy's URL without credentials; null: none. */
  readonly proxy: string | null;
  /** For how long an open WebSocket was to be watched, milliseconds. */
  readonly holdMs: number;
}

/** What doctor found out. Captured text in it (evidence, names, reasons) is not escaped. */
export interface DoctorReport {
  /** As it was asked for; a user part in it is `***`. */
  readonly url: string;
  /** A WebSocket opened and stayed healthy for the hold time. */
  readonly ok: boolean;
  /** Of the final answer; 0: there was none. */
  readonly status: number;
  /** Most likely first. */
  readonly findings: readonly Finding[];
  /** How far the first attempt got, station by station. */
  readonly steps: readonly Step[];
  readonly trials: readonly ReportedTrial[];
  /** What clients say of the first finding, where it is an error. */
  readonly clients: readonly ClientSays[];
  readonly asked: Asked;
  /** For everything, milliseconds. */
  readonly ms: number;
}

/** Stations that may go wrong on a WebSocket that is in order all the same: a server need not answer a Ping in time, and `--insecure` takes any certificate. */
const forgiven: ReadonlySet<Step['step']> = new Set(['ping', 'close', 'tls']);

/** A text that is shorter stands in too many places to be put out of sight. */
const leastSecret = 4;

/** The report with `***` in place of what was said to the server alone: a report is pasted somewhere. */
export const without = (report: DoctorReport, secrets: readonly string[]): DoctorReport => {
  const long = secrets.filter((secret) => secret.length >= leastSecret);
  const hidden = (text: string): string => long.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  const findings = report.findings.map(
    (finding): Finding => ({
      ...finding,
      title: hidden(finding.title),
      evidence: finding.evidence.map((piece) => ({ ...piece, text: hidden(piece.text) })),
      ruledOut: finding.ruledOut.map(({ code, because }) => ({ code, because: hidden(because) })),
    }),
  );
  return { ...report, findings };
};

/** `before`: what the URL alone says. */
export const reportOf = (
  { first, findings, trials }: Investigation,
  told: Pick<DoctorReport, 'url' | 'asked' | 'ms'> & { readonly before: readonly Finding[]; readonly heard: Heard },
): DoctorReport => {
  const { url, asked, ms, before, heard } = told;
  const steps = stepsOf(first, { holdMs: asked.holdMs, heard });
  const all = withRest(findings, before);
  const isHealthy = didOpen(first) && findings.every(({ severity }) => severity !== 'error');
  return {
    url,
    ok: isHealthy && steps.every(({ step, ok }) => ok || forgiven.has(step)),
    status: statusOf(first),
    findings: all,
    clients: clientsOf(all, statusOf(first)),
    steps,
    trials: trials.map(({ id, title, exchange, ms: took }) => ({
      change: id,
      title,
      opened: didOpen(exchange),
      status: statusOf(exchange),
      outcome: outcomeText(exchange),
      ms: Math.round(took),
    })),
    asked,
    ms,
  };
};

/** What broke this attempt stands in front of what the URL would do to other clients. */
const withRest = (findings: readonly Finding[], before: readonly Finding[]): readonly Finding[] => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const rest = [...findings.filter(({ severity }) => severity !== 'error'), ...before];
  return [...errors, ...rest.sort(compareFindings)];
};

/** What clients say of the cause, when there is one; `status`: of the answer. */
export const clientsOf = ([first]: readonly Finding[], status: number): readonly ClientSays[] =>
  first?.severity === 'error' ? clientsSay(first.code, status === 101 ? 0 : status) : [];

import type { DoctorReport, ReportedTrial } from '../control/doctor-report.js';
import type { Finding, Fix } from '../model/finding.js';
import { factsOf } from './doctor-facts.js';
import { pathLine } from './doctor-path.js';
import { evidenceLines, fixLines, labelled, severityTones } from './finding-block.js';
import { type Line, span, type Tone, wrap } from './paint.js';
import { confidenceOf, duration } from './wording.js';

/** Fixes, pieces of evidence, alternatives and other findings that are shown; the JSON has them all. */
const most = { clients: 4, fixes: 2, evidence: 6, ruledOut: 4, others: 6, configLines: 14 };

const paragraph = (text: string, width: number, tone?: Tone): Line[] => wrap(text, width, 12).map((part): Line => [span(part, tone)]);

const blank: Line = [];

const askedText = ({ url, asked }: DoctorReport): string => {
  const parts = [
    ...(asked.origin === null ? ['without an Origin'] : [`with the Origin ${asked.origin}`]),
    ...(asked.protocols.length === 0 ? [] : [`offering ${asked.protocols.join(', ')}`]),
    ...(asked.proxy === null ? [] : [`through the proxy ${asked.proxy}`]),
  ];
  return `Asked: ${url} ${parts.join(', ')}`;
};

const verdictLine = (report: DoctorReport, width: number): Line[] => {
  const { ok, asked, findings, steps } = report;
  const beside = findings.filter(({ severity }) => severity === 'warning').length;
  const but = beside === 0 ? '' : ` Beside it ${beside === 1 ? 'stands a warning' : `stand ${beside} warnings`}.`;
  if (ok) return paragraph(`OK: a WebSocket opened and stayed healthy for ${duration(asked.holdMs)}.${but}`, width, 'good');
  if (steps.length === 0) return paragraph('FAILED: nothing was tried, because no client can use this URL.', width, 'bad');
  const did = (name: string): boolean => steps.some(({ step, ok: done }) => step === name && done);
  if (!did('upgrade')) return paragraph('FAILED: no WebSocket opened.', width, 'bad');
  return paragraph(
    did('hold') ? 'FAILED: it opened and stayed open, but not soundly.' : 'FAILED: it opened, but did not stay open.',
    width,
    'bad',
  );
};

/** How sure that is: the figures of `Verdict.confidence`, in words. */
const sureness = (confidence: number): string => {
  const word = confidence >= 0.9 ? 'proven' : confidence >= 0.75 ? 'very likely' : confidence >= 0.6 ? 'likely' : 'possible';
  return `${word} (${confidenceOf(confidence)})`;
};

const trialLine = ({ title, opened, outcome, ms }: ReportedTrial, width: number): Line[] => {
  const [first = '', ...rest] = wrap(`${title}: ${outcome} (${duration(ms)})`, width - 4, 3);
  return [
    [span(opened ? '  + ' : '  - ', 'dim'), span(first, opened ? 'good' : undefined)],
    ...rest.map((part): Line => [span(`    ${part}`)]),
  ];
};

/** A long configuration is cut: `shakedown findings` has it whole. */
const shortened = (fix: Fix): Fix => {
  const lines = fix.config?.split('\n') ?? [];
  if (lines.length <= most.configLines) return fix;
  return { ...fix, config: [...lines.slice(0, most.configLines), '...'].join('\n') };
};

const causeLines = (finding: Finding, { clients }: Pick<DoctorReport, 'clients'>, width: number): Line[] => {
  const { code, cause, confidence, title, evidence, culprit, ruledOut, fix, severity } = finding;
  const room = width - 7;
  const put = (label: string, lines: readonly Line[]): Line[] => labelled(label, lines);
  return [
    ...put('cause', paragraph(title, room, severityTones[severity])),
    ...put('', paragraph(`${code} (cause: ${cause}), ${sureness(confidence)}`, room)),
    ...(culprit === null ? [] : put('by', paragraph(culprit, room))),
    ...evidence.slice(0, most.evidence).flatMap((piece, index) => put(index === 0 ? 'proof' : '', evidenceLines(piece, room))),
    ...ruledOut
      .slice(0, most.ruledOut)
      .flatMap(({ code: other, because }, index) => put(index === 0 ? 'not' : '', paragraph(`${other}: ${because}`, room))),
    ...fix
      .slice(0, most.fixes)
      .map(shortened)
      .flatMap((one, index) => put(index === 0 ? 'fix' : '', fixLines(one, { width: room, folded: false }))),
    ...put(
      'said',
      clients.slice(0, most.clients).flatMap(({ clients: who, text }) => paragraph(`${who.join(', ')}: ${text}`, room, 'dim')),
    ),
    ...put('more', [[span(`shakedown findings ${code}`, 'accent')]]),
  ];
};

/** A finding in short: what stands beside the cause. */
const besideLines = ({ severity, code, title, confidence }: Finding, width: number): Line[] => {
  const [first = '', ...rest] = wrap(
    `${severity} ${code}: ${title}${severity === 'error' ? `, ${sureness(confidence)}` : ''}`,
    width - 2,
    5,
  );
  return [[span('  '), span(first, severityTones[severity])], ...rest.map((part): Line => [span(`  ${part}`)])];
};

const section = (title: string, lines: readonly Line[]): Line[] => (lines.length === 0 ? [] : [blank, [span(title, 'strong')], ...lines]);

/**
 * What doctor found out as a short story: what was asked, how far it got, what experiments said, the cause with its proof, and how to mend it.
 * No line is wider than `width`, but for lines of configuration: they are there to be copied.
 */
export const doctorStory = (report: DoctorReport, width: number): Line[] => {
  const { findings, trials, ok } = report;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const cause = ok ? undefined : (errors[0] ?? findings[0]);
  const others = findings.filter((finding) => finding !== cause);
  const facts = report.steps.some(({ step, ok: done }) => step === 'upgrade' && done) ? factsOf(report) : [];
  return [
    ...paragraph(askedText(report), width),
    ...verdictLine(report, width),
    ...(report.steps.length === 0 ? [] : [blank, pathLine(report, width)]),
    ...section(
      'Experiments, each with one change:',
      trials.flatMap((trial) => trialLine(trial, width)),
    ),
    ...(cause ? [blank, ...causeLines(cause, report, width)] : []),
    ...section(
      cause ? 'Beside it:' : 'Warnings and notes:',
      others.slice(0, most.others).flatMap((finding) => besideLines(finding, width)),
    ),
    ...section(
      'Facts:',
      facts.flatMap(([label, words]) =>
        wrap(words, width - 15, 4).map((part, index): Line => [span(`  ${(index === 0 ? label : '').padEnd(13)}`, 'dim'), span(part)]),
      ),
    ),
  ];
};

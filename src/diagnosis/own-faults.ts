import type { Exchange } from '../model/exchange.js';
import type { AppliedFault, Stage } from '../model/fault-choice.js';
import type { Evidence } from '../model/finding.js';

/** What each stage can change, as evidence names it. */
const reach: Record<Stage, readonly Evidence['what'][]> = {
  accept: ['entrance', 'upstream', 'tls', 'end'],
  entrance: ['entrance', 'upstream', 'tls', 'end'],
  'client-tls': ['certificate', 'tls'],
  request: ['request-head', 'end', 'timing'],
  dial: ['connect', 'end'],
  'server-tls': ['certificate', 'tls'],
  response: ['response-head', 'body', 'end', 'timing', 'frames'],
  'http-response': ['response-head'],
  bytes: ['frames', 'end', 'timing', 'response-head', 'body'],
  http2: ['end', 'tls'],
  message: ['frames', 'timing'],
  frame: ['frames', 'end', 'timing'],
  close: ['frames', 'end', 'timing'],
};

/** Names of the fields (lower case) whose lines differ, and `start-line`. */
const changedFields = (before: string, after: string): ReadonlySet<string> => {
  const [was = [], is = []] = [before, after].map((head) => head.split(/\r?\n/));
  const changed = new Set<string>();
  if (was[0] !== is[0]) changed.add('start-line');
  const rest = (one: readonly string[], other: readonly string[]) => {
    const left = [...other.slice(1)];
    for (const line of one.slice(1)) {
      const at = left.indexOf(line);
      if (at === -1) changed.add((line.split(':')[0] ?? '').trim().toLowerCase());
      else left.splice(at, 1);
    }
  };
  rest(was, is);
  rest(is, was);
  return changed;
};

/** The field that a piece of head evidence is about: its line's name, or the name in "no X field in ...". */
const fieldOf = ({ text, offset }: Evidence): string => {
  if (offset === 0) return 'start-line';
  return (/^no (\S+) field in /.exec(text)?.[1] ?? text.split(':')[0] ?? '').trim().toLowerCase();
};

/** A server leg with TLS where there is none, or without where there is some: whatever the server says to that. */
const isOtherScheme = ({ stage, after }: AppliedFault): boolean => stage === 'server-tls' && /(^|; )secure: (true|false)/.test(after);

/** A request that was held back, cut short or ended. One that only reads differently ends nothing, whatever ends later. */
const isMoreThanHead = ({ after }: AppliedFault): boolean => /^held back/.test(after) || !isWhole(after);

const isWhole = (text: string): boolean => /\r?\n\r?\n$/.test(text);

const explains = (fault: AppliedFault, evidence: Evidence): boolean => {
  if (isOtherScheme(fault) && evidence.leg === 'server') return true;
  if (!reach[fault.stage].includes(evidence.what)) return false;
  // A stream's end shows on both legs; everything else on the leg whose peer saw the change.
  if (evidence.what === 'end' || evidence.what === 'frames' || evidence.what === 'timing')
    return fault.stage !== 'request' || isMoreThanHead(fault);
  if (fault.leg !== evidence.leg) return false;
  if (evidence.what !== 'request-head' && evidence.what !== 'response-head') return true;
  return changedFields(fault.before, fault.after).has(fieldOf(evidence)) || isChangedAt(fault, evidence);
};

/** Whether the line that the evidence points at reads otherwise than every line before, its end included. */
const isChangedAt = ({ before, after }: AppliedFault, { offset }: Evidence): boolean => {
  if (offset === undefined || offset >= after.length) return false;
  const end = after.indexOf('\n', offset);
  const line = after.slice(after.lastIndexOf('\n', Math.max(0, offset - 1)) + 1, end === -1 ? undefined : end);
  return !before.split('\n').includes(line);
};

/** The applied fault that made what this evidence shows, or undefined. */
export const faultBehind = ({ applied }: Exchange, evidence: readonly Evidence[]): AppliedFault | undefined =>
  applied.find((fault) => evidence.some((piece) => explains(fault, piece)));

/** The fault that changed a field of the request on its way to the server, or undefined. */
export const faultOnRequestField = ({ applied }: Exchange, name: string): AppliedFault | undefined =>
  applied.find(({ stage, before, after }) => stage === 'request' && isWhole(after) && changedFields(before, after).has(name.toLowerCase()));

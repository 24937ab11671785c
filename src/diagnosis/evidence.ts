import type { AppliedFault } from '../model/fault-choice.js';
import type { Evidence } from '../model/finding.js';
import { type Head, statusLine } from '../model/head.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { fieldLines } from '../wire/field-line.js';

/** A head together with where it was seen: the request that the server got is on the server leg, the one that the client sent on the client leg. */
export interface Seen {
  readonly leg: Evidence['leg'];
  readonly head: Head;
}

const kindOf = (head: Head): 'request-head' | 'response-head' => (head.startLine.startsWith('HTTP/') ? 'response-head' : 'request-head');

const placeOf = ({ leg, head }: Seen): string => {
  if (kindOf(head) === 'request-head') return leg === 'server' ? 'the request that the server got' : 'the request that the client sent';
  return leg === 'server' ? 'the answer that the server sent' : 'the answer that the client got';
};

/** The request line or status line. */
export const startLine = ({ leg, head }: Seen): Evidence => ({ leg, what: kindOf(head), text: head.startLine, offset: 0 });

/** A field's line as it stands in the raw head; when there is none, a sentence that says where it is missing. */
export const fieldEvidence = (seen: Seen, name: string, nth = 0): Evidence => {
  const line = fieldLines(seen.head, name)[nth];
  const what = kindOf(seen.head);
  return line ? { leg: seen.leg, what, ...line } : { leg: seen.leg, what, text: `no ${name} field in ${placeOf(seen)}` };
};

/** Every line of a field, for evidence about duplicates. */
export const allFieldEvidence = (seen: Seen, name: string): Evidence[] =>
  fieldLines(seen.head, name).map((line) => ({ leg: seen.leg, what: kindOf(seen.head), ...line }));

/** The lines of those fields that are there; none for the others. */
export const presentFields = (seen: Seen, ...names: readonly string[]): Evidence[] => names.flatMap((name) => allFieldEvidence(seen, name));

const excerptLimit = 200;

/** Where a page begins to speak: at the message of Tomcat's and Jetty's error pages, else behind its styles and its head. */
const wordsOf = (body: string): number => {
  if (!/^\s*<(!doctype|html)/i.test(body)) return 0;
  const message = body.search(/<(b|th)>message:?<\//i);
  return Math.max(0, message === -1 ? body.search(/<body/i) : message);
};

/** At most 200 characters of a body, around what `pattern` finds, else its beginning, of a page without its head; undefined when the body is empty. */
export const bodyExcerpt = (leg: Evidence['leg'], body: string, pattern?: RegExp): Evidence | undefined => {
  if (body === '') return undefined;
  const hit = pattern ? Math.max(0, body.search(pattern)) : wordsOf(body);
  const lineStart = body.lastIndexOf('\n', hit) + 1;
  const offset = hit - lineStart > excerptLimit / 2 ? hit : lineStart;
  return { leg, what: 'body', text: body.slice(offset, offset + excerptLimit).trimEnd(), offset };
};

/** One field of a certificate, named as openssl x509 names it. */
export const certificateField = (leg: Evidence['leg'], name: string, value: string): Evidence => ({
  leg,
  what: 'certificate',
  text: `${name}: ${value}`,
});

/** Whose certificate it is, and who signed it. */
export const certificateNames = (leg: Evidence['leg'], { subject, issuer }: CertificateFacts): [Evidence, Evidence] => [
  certificateField(leg, 'subject', subject),
  certificateField(leg, 'issuer', issuer),
];

/** Our own deed, as the first line of what it changed. */
export const faultEvidence = ({ id, leg, stage, before, after }: AppliedFault): Evidence => {
  const [was, is] = firstDifference(before, after);
  return { leg, what: 'fault', text: `shakedown's fault ${id} at stage ${stage}: ${was || '(nothing)'} -> ${is || '(nothing)'}` };
};

/** The first lines in which two texts differ; '' where one has no such line. */
const firstDifference = (before: string, after: string): readonly [string, string] => {
  const was = before.split(/\r?\n/);
  const is = after.split(/\r?\n/);
  const gone = was.find((line) => !is.includes(line)) ?? '';
  const come = is.find((line) => !was.includes(line)) ?? '';
  return [gone.slice(0, excerptLimit), come.slice(0, excerptLimit)];
};

/** `403 Forbidden`: how titles speak of an answer. */
export const statusText = (head: Head): string => {
  const { status, reason } = statusLine(head);
  return `${status} ${reason}`.trim();
};

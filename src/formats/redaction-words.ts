import type { RedactionSummary } from '../redaction/summary.js';

/** What was taken out, in one line: `redacted: authorization 1, cookie 3`. */
export const redactionWords = (redaction: RedactionSummary | null): string => {
  if (redaction === null) return 'not redacted: it holds what the traffic held, credentials too';
  const parts = redaction.kinds.filter(({ places }) => places > 0).map(({ kind, places }) => `${kind} ${places}`);
  if (redaction.blanked > 0) parts.push(`blanked whole ${redaction.blanked}`);
  if (redaction.recompressed) parts.push(`compressed anew ${redaction.recompressed}`);
  if (redaction.notFollowed) parts.push(`replaced in their own place only ${redaction.notFollowed}`);
  return parts.length === 0 ? 'redacted, and nothing secret was found' : `redacted: ${parts.join(', ')}`;
};

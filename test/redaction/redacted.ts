import type { Event } from '../../src/model/event.js';
import { createRedactor } from '../../src/redaction/redactor.js';
import type { RedactionSummary } from '../../src/redaction/summary.js';

/** The events without their secrets, as an export gets them. */
export const redacted = (events: readonly Event[], key = Buffer.alloc(32, 7)): { events: Event[]; summary: RedactionSummary } => {
  const redactor = createRedactor({ key });
  for (const event of events) redactor.learn(event);
  const out = events.flatMap((event) => redactor.rewrite(event));
  return { events: [...out, ...redactor.finish()], summary: redactor.summary() };
};

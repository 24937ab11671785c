import type { UrlFlaw } from '../wire/websocket-url.js';
import type { AskedUrl, Verdict } from './rule.js';

/** The verdict on a flaw that reading the URL has shown. */
export const flawVerdict = ({ text, read }: AskedUrl, code: UrlFlaw['code']): Verdict | undefined => {
  const flaw = read.flaws.find((one) => one.code === code);
  if (!flaw) return undefined;
  return {
    confidence: 0.99,
    evidence: [{ leg: 'client', what: 'url', text }],
    title: flaw.text,
    severity: read.target === null ? 'error' : 'warning',
  };
};

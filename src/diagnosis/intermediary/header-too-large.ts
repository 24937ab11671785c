import { bodyExcerpt, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

/** nginx, Apache, the status in words, gunicorn (20.1: 400). */
const complaint =
  /Request Header Or Cookie Too Large|Size of a request header field exceeds|Header Fields Too Large|limit request headers fields|Request Line is too large/i;

/** HAProxy says no more than this to a head that its buffer does not hold: 16 KiB, of which it keeps 1 KiB for rewriting (measured with 2.6). */
const invalid = /Your browser sent an invalid request/;
const haproxyRoom = 15_360;

export const rule = defineRule({
  code: 'intermediary.header-too-large',
  cause: 'intermediary',
  severity: 'error',
  title: 'The request head is too large for something on the way',
  question: 'Was the answer 431 or 494, or a complaint about the size of the request?',
  remedy: 'Send fewer or smaller cookies, keep tokens out of the query, or raise the limit.',
  fixes: [
    { for: 'the client', text: 'Delete old cookies of the site; send a long token as the first message instead.' },
    ...remediesFor('limits'),
  ],
  rfc: 'RFC 6585 5',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 400, 413, 431, 494);
    const request = requestOf(exchange);
    if (!answer || !request) return undefined;
    const tooLong = invalid.test(answer.body) && request.head.raw.length >= haproxyRoom && request.head.defects.length === 0;
    const pattern = tooLong ? invalid : complaint;
    const said = pattern.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, pattern) : undefined;
    if (!said && answer.status !== 431 && answer.status !== 494) return undefined;
    return {
      confidence: tooLong ? 0.85 : 0.95,
      evidence: [
        startLine(answer),
        ...(said ? [said] : []),
        { ...startLine(request), text: `${request.head.startLine.slice(0, 120)} (the head takes ${request.head.raw.length} bytes)` },
      ],
      title: `The request head of ${request.head.raw.length} bytes is too large for something on the way`,
    };
  },
});

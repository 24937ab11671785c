import { field, type Head, requestLine } from '../model/head.js';
import { ownAnswer } from './own-pages.js';
import { answerBytes, type Refusal, refuse } from './refuse.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/** Requests in origin form without reverse mode: a page that says how to point an app here and hands out the CA. */
export const showLandingPage = (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly head: Head; readonly handshake: boolean },
): void => {
  const { client, head, handshake } = visit;
  if (handshake) {
    refuse(client, tap, {
      status: 400,
      why: 'bad-target',
      text: "shakedown: this WebSocket was opened to shakedown's own port. Point the app's proxy setting here and leave its URL as it is, or start shakedown with --reverse URL so that requests sent straight to it go there.",
    });
    return;
  }
  const { method, target } = requestLine(head);
  const { status, contentType, body, fields } = ownAnswer(river.ownHost.files(), {
    method,
    target,
    host: field(head, 'Host'),
    origin: undefined,
  });
  const path = target.replace(/[?#].*$/, '');
  const answer: Refusal = {
    status,
    contentType,
    fields,
    body: Buffer.from(body as string),
    ...(status === 200 ? { why: 'landing-page', text: `the landing page, ${path}` } : { why: 'bad-request', text: String(body).trimEnd() }),
  };
  if (method !== 'HEAD') {
    refuse(client, tap, answer);
    return;
  }
  const whole = answerBytes(answer);
  client.stream.end(whole.subarray(0, whole.indexOf('\r\n\r\n') + 4));
  tap.emit({ type: 'refused', status, why: answer.why, text: 'HEAD of the landing page' });
  tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
};

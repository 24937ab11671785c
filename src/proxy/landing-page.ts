import type { Head } from '../model/head.js';
import { requestLine } from '../model/head.js';
import { answerBytes, refuse } from './refuse.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/** The name under which the landing page is reached through the proxy. */
export const landingHost = 'shakedown.test';

/** Requests in origin form without reverse mode: a page that says how to point an app here and hands out the CA. */
export const showLandingPage = (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly head: Head; readonly handshake: boolean },
): void => {
  const { client, head, handshake } = visit;
  const { method, target } = requestLine(head);
  const path = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '') || '/';
  if (handshake) {
    refuse(client, tap, {
      status: 400,
      why: 'bad-target',
      text: "shakedown: this WebSocket was opened to shakedown's own port. Point the app's proxy setting here and leave its URL as it is, or start shakedown with --reverse URL so that requests sent straight to it go there.",
    });
    return;
  }
  const page = river.landingPage();
  const found = (text: string, contentType: string) =>
    ({ status: 200, why: 'landing-page', text, contentType, note: `the landing page, ${path}` }) as const;
  const refusal =
    method !== 'GET' && method !== 'HEAD'
      ? ({ status: 405, why: 'bad-request', text: 'shakedown: this page takes GET only.' } as const)
      : path === '/'
        ? found(page.html, 'text/html; charset=utf-8')
        : path === '/ca.pem'
          ? found(page.caPem, 'application/x-pem-file')
          : ({
              status: 404,
              why: 'bad-request',
              text: 'shakedown: there is / and /ca.pem here. This is a proxy: point an app at it, see /.',
            } as const);
  if (method === 'HEAD') {
    const whole = answerBytes(refusal);
    client.stream.end(whole.subarray(0, whole.indexOf('\r\n\r\n') + 4));
    tap.emit({ type: 'refused', status: refusal.status, why: refusal.why, text: 'HEAD of the landing page' });
    return;
  }
  refuse(client, tap, refusal);
};

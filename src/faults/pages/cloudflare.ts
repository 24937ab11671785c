import { nginxBody, nginxHeading } from './nginx.js';
import { hexOf, type Page, type Setting } from './page.js';

/** What Cloudflare's own statuses mean, as its documentation names them. */
export const cloudflareErrors = {
  520: 'Web server is returning an unknown error',
  521: 'Web server is down',
  522: 'Connection timed out',
  523: 'Origin is unreachable',
  524: 'A timeout occurred',
  525: 'SSL handshake failed',
  526: 'Invalid SSL certificate',
  530: 'Origin DNS error',
} as const;

export type CloudflareError = keyof typeof cloudflareErrors;

const edgeFields = ({ random }: Setting): Page['fields'] => [
  ['Server', 'cloudflare'],
  ['CF-RAY', `${hexOf(random, 16)}-FRA`],
  ['Connection', 'close'],
];

const noStore = 'private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0';

/** To whoever asks for no HTML, and no handshake does, Cloudflare gives the number alone. */
export const cloudflareErrorPage = (status: CloudflareError | 429, setting: Setting, code: number = status): Page => ({
  status,
  ...(status !== 429 && { reason: '<none>' }),
  fields: [
    ['Date', setting.date],
    ['Content-Type', 'text/plain; charset=UTF-8'],
    ['Content-Length', null],
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['Referrer-Policy', 'same-origin'],
    ['Cache-Control', noStore],
    ['Expires', 'Thu, 01 Jan 1970 00:00:01 GMT'],
    ...edgeFields(setting),
  ],
  body: `error code: ${code}`,
});

/** The edge's own page for 502 and 504: that of nginx with another name under it. */
export const cloudflarePage = (status: number, setting: Setting): Page => ({
  status,
  fields: [['Date', setting.date], ['Content-Type', 'text/html'], ['Content-Length', null], ...edgeFields(setting)],
  body: nginxBody(nginxHeading(status), { signature: 'cloudflare' }),
});

const htmlPage = (title: string, { setting, body, fields = [] }: { setting: Setting; body: string; fields?: Page['fields'] }): Page => ({
  status: 403,
  fields: [
    ['Date', setting.date],
    ['Content-Type', 'text/html; charset=UTF-8'],
    ['Content-Length', null],
    ...fields,
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['Referrer-Policy', 'same-origin'],
    ['Cache-Control', noStore],
    ['Expires', 'Thu, 01 Jan 1970 00:00:01 GMT'],
    ...edgeFields(setting),
  ],
  body: `<!DOCTYPE html><html lang="en-US"><head><title>${title}</title><meta name="robots" content="noindex,nofollow"></head><body>${body}</body></html>\n`,
});

/** A challenge, which only a browser with a page could solve. */
export const cloudflareChallenge = (setting: Setting): Page =>
  htmlPage('Just a moment...', {
    setting,
    fields: [['cf-mitigated', 'challenge']],
    body: '<div class="main-wrapper" role="main"><noscript><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></noscript></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
  });

/** A rule of the firewall said no. */
export const cloudflareBlock = (setting: Setting): Page =>
  htmlPage('Attention Required! | Cloudflare', {
    setting,
    body: '<div id="cf-wrapper"><h1 data-translate="block_headline">Sorry, you have been blocked</h1><h2>You are unable to access this site</h2></div>',
  });

import { reasonPhrase } from '../../wire/reason-phrase.js';
import type { Page, Setting } from './page.js';

/** Caddy says nothing but its name. Measured with 2.6.2. */
export const caddyPage = (status: number, { date }: Setting): Page => ({
  status,
  fields: [
    ['Server', 'Caddy'],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body: '',
});

/** Traefik has no name, and the status in words as its body; from its source. */
export const traefikPage = (status: number, { date }: Setting): Page => {
  const unavailable = status === 503;
  return {
    status,
    fields: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['X-Content-Type-Options', unavailable ? 'nosniff' : undefined],
      ['Date', date],
      ['Content-Length', null],
      ['Connection', 'close'],
    ],
    body: unavailable ? 'no available server\n' : reasonPhrase(status),
  };
};

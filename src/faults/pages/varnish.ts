import { reasonPhrase } from '../../wire/reason-phrase.js';
import type { Page, Setting } from './page.js';

/** A page that Varnish makes when its backend gave none, or its rules say so. Measured with 7.1. */
export const varnishPage = (status: number, { date, random }: Setting): Page => {
  const reason = status === 503 ? 'Backend fetch failed' : reasonPhrase(status);
  const id = 2 + Math.floor(random.next() * 1_000_000) * 3;
  return {
    status,
    reason,
    fields: [
      ['Date', date],
      ['Server', 'Varnish'],
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Retry-After', '5'],
      ['X-Varnish', `${id}`],
      ['Age', '0'],
      ['Via', '1.1 varnish (Varnish/7.1)'],
      ['Content-Length', null],
      ['Connection', 'close'],
    ],
    body: [
      '<!DOCTYPE html>',
      '<html>',
      `  <head>\n    <title>${status} ${reason}</title>\n  </head>`,
      '  <body>',
      `    <h1>Error ${status} ${reason}</h1>`,
      `    <p>${reason}</p>`,
      '    <h3>Guru Meditation:</h3>',
      `    <p>XID: ${id + 1}</p>`,
      '    <hr>',
      '    <p>Varnish cache server</p>',
      '  </body>',
      '</html>',
      '',
    ].join('\n'),
  };
};

import { reasonPhrase } from '../../wire/reason-phrase.js';
import type { Page, Setting } from './page.js';

/** What nginx calls these, in the status line and on its pages. Measured with 1.22.1, as everything here. */
const reasons: Readonly<Record<number, string>> = { 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' };

/** The body of which nginx and its many descendants are known. `signature` stands under the line. */
export const nginxBody = (heading: string, { title = heading, more = '', signature }: Record<string, string | undefined>): string =>
  [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${heading}</h1></center>`,
    ...(more ? [`<center>${more}</center>`] : []),
    ...(signature ? [`<hr><center>${signature}</center>`] : []),
    '</body>',
    '</html>',
    '',
  ].join('\r\n');

export const nginxHeading = (status: number): string => `${status} ${reasons[status] ?? reasonPhrase(status)}`;

export interface NginxOptions {
  readonly fields?: Page['fields'];
  readonly title?: string;
  readonly heading?: string;
  readonly more?: string;
  readonly version?: string;
}

export const nginxPage = (status: number, { date }: Setting, options: NginxOptions = {}): Page => {
  const { fields = [], heading = nginxHeading(status), version = 'nginx/1.22.1', ...words } = options;
  return {
    status,
    ...(reasons[status] && { reason: reasons[status] }),
    fields: [
      ['Server', version],
      ['Date', date],
      ['Content-Type', 'text/html'],
      ['Content-Length', null],
      ['Connection', 'close'],
      ...fields,
    ],
    body: nginxBody(heading, { ...words, signature: version }),
  };
};

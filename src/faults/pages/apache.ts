import { reasonPhrase } from '../../wire/reason-phrase.js';
import { escapeHtml, type Page, type Setting } from './page.js';

const server = 'Apache/2.4.71 (Debian)';

interface ApacheOptions {
  readonly reason?: string;
  /** HTML below the heading. */
  readonly text: string;
  readonly fields?: Page['fields'];
}

/** An error page of Apache httpd. Measured with 2.4.71 of Debian. */
export const apachePage = (status: number, { target, date }: Setting, options: ApacheOptions): Page => {
  const { reason = reasonPhrase(status), text, fields = [] } = options;
  const port = target.scheme === 'wss' || target.scheme === 'https' ? 443 : 80;
  return {
    status,
    reason,
    fields: [
      ['Date', date],
      ['Server', server],
      ...fields,
      ['Content-Length', null],
      ['Connection', 'close'],
      ['Content-Type', 'text/html; charset=iso-8859-1'],
    ],
    body: [
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
      '<html><head>',
      `<title>${status} ${reason}</title>`,
      '</head><body>',
      `<h1>${reason}</h1>`,
      text,
      '<hr>',
      `<address>${server} Server at ${escapeHtml(target.host)} Port ${port}</address>`,
      '</body></html>',
      '',
    ].join('\n'),
  };
};

export const apacheBadGateway = (setting: Setting): Page =>
  apachePage(502, setting, {
    reason: 'Proxy Error',
    text: '<p>The proxy server received an invalid\r\nresponse from an upstream server.<br />\r\nThe proxy server could not handle the request<p>Reason: <strong>Error reading from remote server</strong></p></p>',
  });

export const apacheUnavailable = (setting: Setting): Page =>
  apachePage(503, setting, {
    text: '<p>The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\nproblems. Please try again later.</p>',
  });

export const apacheForbidden = (setting: Setting): Page =>
  apachePage(403, setting, { text: "<p>You don't have permission to access this resource.</p>" });

export const apacheNotFound = (setting: Setting): Page =>
  apachePage(404, setting, { text: '<p>The requested URL was not found on this server.</p>' });

/** The complaints that Apache httpd calls bad requests. */
export const apacheBadRequest = (setting: Setting, complaint: string): Page =>
  apachePage(400, setting, {
    text: `<p>Your browser sent a request that this server could not understand.<br />\n${complaint}</p>`,
  });

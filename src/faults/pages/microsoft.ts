import { nginxBody, nginxHeading } from './nginx.js';
import type { Page, Setting } from './page.js';

const words: Readonly<Record<501 | 502, readonly [title: string, text: string]>> = {
  501: [
    'Header values specify a method that is not implemented.',
    'The page you are looking for cannot be displayed because a header value in the request does not match certain configuration settings or exceeds a specified limit.',
  ],
  502: [
    'Web server received an invalid response while acting as a gateway or proxy server.',
    'There is a problem with the page you are looking for, and it cannot be displayed. When the Web server (while acting as a gateway or proxy) contacted the upstream content server, it received an invalid response from the content server.',
  ],
};

/** An error page of IIS: 502.3 is that of Application Request Routing, 501 that of a site without the WebSocket feature. */
export const iisPage = (status: keyof typeof words, { date }: Setting): Page => {
  const [title, text] = words[status];
  return {
    status,
    fields: [
      ['Content-Type', 'text/html'],
      ['Server', 'Microsoft-IIS/10.0'],
      ['X-Powered-By', status === 502 ? 'ARR/3.0' : undefined],
      ['X-Powered-By', 'ASP.NET'],
      ['Date', date],
      ['Connection', 'close'],
      ['Content-Length', null],
    ],
    body: [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
      '<html xmlns="http://www.w3.org/1999/xhtml">',
      '<head>',
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>',
      `<title>${status} - ${title}</title>`,
      '</head>',
      '<body>',
      '<div id="header"><h1>Server Error</h1></div>',
      '<div id="content">',
      ' <div class="content-container"><fieldset>',
      `  <h2>${status} - ${title}</h2>`,
      `  <h3>${text}</h3>`,
      ' </fieldset></div>',
      '</div>',
      '</body>',
      '</html>',
      '',
    ].join('\r\n'),
  };
};

/** What HTTP.sys says when the application pool of IIS is stopped. */
export const httpSysUnavailable = ({ date }: Setting): Page => ({
  status: 503,
  fields: [
    ['Content-Type', 'text/html; charset=us-ascii'],
    ['Server', 'Microsoft-HTTPAPI/2.0'],
    ['Date', date],
    ['Connection', 'close'],
    ['Content-Length', null],
  ],
  body: [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">',
    '<HTML><HEAD><TITLE>Service Unavailable</TITLE>',
    '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>',
    '<BODY><h2>Service Unavailable</h2>',
    '<hr><p>HTTP Error 503. The service is unavailable.</p>',
    '</BODY></HTML>',
    '',
  ].join('\r\n'),
});

/** Azure Application Gateway, and its firewall. */
export const azureGatewayPage = (status: number, { date }: Setting): Page => {
  const server = 'Microsoft-Azure-Application-Gateway/v2';
  const heading = nginxHeading(status);
  return {
    status,
    reason: heading.slice(4),
    fields: [
      ['Server', server],
      ['Date', date],
      ['Content-Type', 'text/html'],
      ['Content-Length', null],
      ['Connection', 'close'],
    ],
    body: nginxBody(heading, { signature: server }),
  };
};

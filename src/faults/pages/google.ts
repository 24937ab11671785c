import type { Page, Setting } from './page.js';

/** The page of Google Cloud's load balancers when no backend gave an answer. */
export const googlePage = ({ date }: Setting): Page => ({
  status: 502,
  fields: [
    ['Content-Type', 'text/html; charset=UTF-8'],
    ['Referrer-Policy', 'no-referrer'],
    ['Content-Length', null],
    ['Date', date],
    ['Via', '1.1 google'],
    ['Connection', 'close'],
  ],
  body: [
    '',
    '<html><head>',
    '<meta http-equiv="content-type" content="text/html;charset=utf-8">',
    '<title>502 Server Error</title>',
    '</head>',
    '<body text=#000000 bgcolor=#ffffff>',
    '<h1>Error: Server Error</h1>',
    '<h2>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.</h2>',
    '<h2></h2>',
    '</body></html>',
    '',
  ].join('\n'),
});

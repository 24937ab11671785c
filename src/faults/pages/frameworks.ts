import { escapeHtml, type Page, type Setting, uuidOf } from './page.js';

const pathOf = ({ target }: Setting): string => target.path.split('?', 1)[0] || '/';

/** Express 5 with `NODE_ENV=production`; measured. */
export const expressPage = (status: number, { date }: Setting, text: string): Page => ({
  status,
  fields: [
    ['X-Powered-By', 'Express'],
    ['Content-Security-Policy', "default-src 'none'"],
    ['X-Content-Type-Options', 'nosniff'],
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Length', null],
    ['Date', date],
    ['Connection', 'close'],
  ],
  body: `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${escapeHtml(text)}</pre>\n</body>\n</html>\n`,
});

export const expressNotFound = (setting: Setting): Page => expressPage(404, setting, `Cannot GET ${pathOf(setting)}`);

/** Django behind gunicorn with `DEBUG = False`; measured with 3.2. */
export const djangoPage = (status: number, { date }: Setting, words: { title: string; heading: string; text: string }): Page => ({
  status,
  fields: [
    ['Server', 'gunicorn'],
    ['Date', date],
    ['Connection', 'close'],
    ['Content-Type', 'text/html'],
    ['X-Frame-Options', 'DENY'],
    ['Content-Length', null],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'same-origin'],
  ],
  body: `\n<!doctype html>\n<html lang="en">\n<head>\n  <title>${words.title}</title>\n</head>\n<body>\n  <h1>${words.heading}</h1><p>${words.text}</p>\n</body>\n</html>\n`,
});

/** The static pages of Rails in production; the request id and the running time are what it is known by. */
export const railsPage = (status: number, { date, random }: Setting, words: { title: string; heading: string; text: string }): Page => ({
  status,
  fields: [
    ['Content-Type', 'text/html; charset=UTF-8'],
    ['X-Request-Id', uuidOf(random)],
    ['X-Runtime', `0.00${1000 + Math.floor(random.next() * 9000)}`],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body: `<!DOCTYPE html>\n<html>\n<head>\n  <title>${words.title}</title>\n  <meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n<body class="rails-default-error-page">\n  <div class="dialog">\n    <div>\n      <h1>${words.heading}</h1>\n      <p>${words.text}</p>\n    </div>\n  </div>\n</body>\n</html>\n`,
});

/** Spring MVC on Tomcat, without Spring Boot's own error page. */
export const tomcatPage = (status: number, { date }: Setting, words: { heading: string; message: string; text: string }): Page => ({
  status,
  reason: '',
  fields: [
    ['Vary', 'Origin'],
    ['Vary', 'Access-Control-Request-Method'],
    ['Vary', 'Access-Control-Request-Headers'],
    ['Content-Type', 'text/html;charset=utf-8'],
    ['Content-Language', 'en'],
    ['Content-Length', null],
    ['Date', date],
    ['Connection', 'close'],
  ],
  body: `<!doctype html><html lang="en"><head><title>HTTP Status ${status} – ${words.heading}</title></head><body><h1>HTTP Status ${status} – ${words.heading}</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> ${escapeHtml(words.message)}</p><p><b>Description</b> ${words.text}</p><hr class="line" /><h3>Apache Tomcat/10.1.20</h3></body></html>`.replaceAll(
    '–',
    '\xe2\x80\x93',
  ),
});

/** http.Error of Go, which its mux and most of its libraries use. */
export const goPage = (status: number, { date }: Setting, body: string): Page => ({
  status,
  fields: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body,
});

/** tornado 6.2; measured. */
export const tornadoPage = (status: number, { date }: Setting, body: string): Page => ({
  status,
  fields: [
    ['Server', 'TornadoServer/6.2'],
    ['Content-Type', 'text/html; charset=UTF-8'],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body,
});

/** Python websockets 10.4, which uvicorn uses too; measured. */
export const websocketsPage = (status: number, { date }: Setting, options: { body: string; fields?: Page['fields'] }): Page => ({
  status,
  fields: [
    ...(options.fields ?? []),
    ['Date', date],
    ['Server', 'Python/3.11 websockets/10.4'],
    ['Content-Length', null],
    ['Content-Type', 'text/plain'],
    ['Connection', 'close'],
  ],
  body: options.body,
});

/** How ws refuses an upgrade: by hand, without Date and Server. Measured with 8.23. */
export const wsPage = (status: number, body: string, fields: Page['fields'] = []): Page => ({
  status,
  fields: [['Connection', 'close'], ['Content-Type', 'text/html'], ['Content-Length', null], ...fields],
  body,
});

/** Spring's DefaultCorsProcessor. */
export const springCorsPage = ({ date }: Setting): Page => ({
  status: 403,
  reason: '',
  fields: [
    ['Vary', 'Origin'],
    ['Vary', 'Access-Control-Request-Method'],
    ['Vary', 'Access-Control-Request-Headers'],
    ['Content-Length', null],
    ['Date', date],
    ['Connection', 'close'],
  ],
  body: 'Invalid CORS request',
});

/** Action Cable says 404 to an Origin that it refuses, and the reason to its log alone. */
export const railsCablePage = ({ date, random }: Setting): Page => ({
  status: 404,
  fields: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Request-Id', uuidOf(random)],
    ['X-Runtime', '0.001984'],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body: 'Page not found',
});

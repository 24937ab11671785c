import { field } from '../model/head.js';
import type { Answer } from './sights.js';
import { contentType } from './sights.js';

/** Of servers that do not answer nginx says 502, so that its own 503 is a decision: limit_req, limit_conn, or a return. */
export const nginxPage = /<hr><center>(nginx|openresty)/;

/** Werkzeug, and so Flask, says 400 in these words to a sound handshake where only an ordinary route fits (Werkzeug 2.2 as measured). */
export const werkzeugMismatch = /The browser \(or proxy\) sent a request that this server could not understand/;

/**
 * How pages begin, or end, that a web server or proxy writes by itself: nginx 1.22, Apache 2.4, lighttpd 1.4, HAProxy 2.6 and Varnish 7.1 as
 * measured. Nobody behind it has seen the request then.
 */
const pages: readonly RegExp[] = [
  nginxPage,
  /^<!DOCTYPE HTML PUBLIC "-\/\/(W3C\/\/DTD HTML 4\.01|IETF\/\/DTD HTML 2\.0)\/\/EN"/,
  /^<\?xml version="1\.0" encoding="iso-8859-1"\?>\s*<!DOCTYPE html PUBLIC "-\/\/W3C\/\/DTD XHTML 1\.0 Transitional/,
  /^<html><body><h1>\d{3} [^<]*<\/h1>\n[^<]*\n<\/body><\/html>\n$/,
  /<h3>Guru Meditation:<\/h3>/,
  // Traffic Server 9.2 where no line of remap.config fits.
  /<TITLE>Not Found on Accelerator<\/TITLE>/i,
];

/**
 * What frameworks answer to plain HTTP alone: Express and Fastify where nobody listens for upgrades, Starlette and FastAPI to a path that is no
 * ordinary route (to a handshake that they see they say 403). Behind a proxy it means that the Upgrade did not arrive, or that nobody waits for one.
 */
export const plainOnlyPage = /Cannot GET \/|\{"message":"Route GET:|\{"detail":"Not Found"\}/;

/** Whether a refusal is a page that the one who answered writes by itself. Caddy writes none: its own refusals are empty. */
export const isOwnPage = ({ head, body, status }: Answer): boolean =>
  pages.some((page) => page.test(body)) ||
  (status >= 300 && body === '' && field(head, 'Server') === 'Caddy' && field(head, 'Content-Type') === undefined);

/** Whether it is a file that a web server has read from a disk: both validators, and no word of an application (RFC 9110 section 8.8). */
export const isServedFile = ({ head }: Answer): boolean =>
  field(head, 'ETag') !== undefined && field(head, 'Last-Modified') !== undefined && field(head, 'X-Powered-By') === undefined;

/** What web servers show where nobody has set up a site: their own greeting, or in Caddy's case nothing at all. */
const greetings: readonly (readonly [page: RegExp, product: string])[] = [
  [/<title>Welcome to (nginx|OpenResty)!<\/title>/i, 'nginx'],
  [/<title>Apache2 [\w ]*Default Page: It works<\/title>|^<html><body><h1>It works!<\/h1><\/body><\/html>/i, 'Apache httpd'],
  [/<title>Caddy works!<\/title>/i, 'Caddy'],
  [/<title>Placeholder page<\/title>[\s\S]*lighttpd/i, 'lighttpd'],
  [/<title>IIS Windows Server<\/title>/i, 'IIS'],
];

/** The product whose greeting it is, in place of a site; undefined for any other answer. */
export const greetingOf = (answer: Answer): string | undefined => {
  const { head, body, status } = answer;
  if (status !== 200) return undefined;
  // Caddy 2.6.2 says 200 and nothing else to a Host that no site of its has.
  if (body === '' && field(head, 'Server') === 'Caddy' && contentType(head) === '' && head.headers.length <= 4) return 'Caddy';
  return greetings.find(([page]) => page.test(body))?.[1];
};

/**
 * Whether every field name is in small letters, as no HTTP/1.1 server of an application here writes them but those of Python: HAProxy, or a
 * hop that speaks HTTP/2 behind it.
 */
export const hasSmallNames = ({ head }: Pick<Answer, 'head'>): boolean =>
  head.headers.length > 1 &&
  head.headers.every(([name]) => name === name.toLowerCase()) &&
  !/uvicorn|hypercorn|daphne|gunicorn/i.test(field(head, 'Server') ?? '');

import { addField, setField } from '../../wire/head-edit.js';
import { reasonPhrase } from '../../wire/reason-phrase.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'status',
  stage: 'response',
  leg: 'client',
  title: 'The client gets another status than the server gave',
  about:
    "The server's answer to the handshake, whatever it was, is replaced by one with this status; over HTTP/2 it is the answer to the extended CONNECT. The server is let go. Retry-After, WWW-Authenticate and Location are added where a status calls for them.",
  imitates:
    'A server that is overloaded (503) or being deployed (502 of its proxy), a login that has run out (401), a limit of rate (429), a route that is gone (404, 410).',
  params: {
    code: { type: 'number', default: 503, min: 200, max: 599, whole: true, about: 'The status.' },
    server: { type: 'string', default: '', about: 'A Server field; none when empty.' },
    body: { type: 'string', default: '', about: 'The text of the body; the status in words when empty.' },
    location: { type: 'string', default: 'https://login.example/', about: 'The Location of a redirect (3xx).' },
  },
  example: 'status:code=429',
  expects: [
    'server.overloaded',
    'server.auth',
    'server.forbidden',
    'url.not-found',
    'intermediary.rate-limited',
    'intermediary.bad-gateway',
    'url.wrong-host',
    'server.method',
    'server.too-early',
    'server.internal-error',
    'server.status-unexpected',
  ],
  effects: refusedEffects,
  rows: ['url.status'],
  apply: (_, { code, server, body, location }) => {
    const text = body === '' ? `${code} ${reasonPhrase(code)}\n` : body;
    const bodiless = code === 204 || code === 304;
    const start = `HTTP/1.1 ${code} ${reasonPhrase(code)}\r\n${server === '' ? '' : 'Server: -\r\n'}Content-Type: text/plain\r\nContent-Length: ${bodiless ? 0 : Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n`;
    const named = server === '' ? start : setField(start, 'Server', server);
    const told = Object.entries(companions(code, location)).reduce((raw, [name, value]) => addField(raw, name, value), named);
    return { raw: told, body: bodiless ? '' : Buffer.from(text).toString('latin1'), end: 'fin' };
  },
});

/** What a client may expect beside the status (RFC 9110 sections 10.2.2, 10.2.3, 11.6.1, 15.5.6). */
const companions = (code: number, location: string): Readonly<Record<string, string>> => {
  if (code === 401) return { 'WWW-Authenticate': 'Bearer realm="shakedown"' };
  if (code === 405) return { Allow: 'POST' };
  if (code === 429 || code === 503) return { 'Retry-After': '1' };
  return code >= 301 && code <= 308 && code !== 304 ? { Location: location } : {};
};

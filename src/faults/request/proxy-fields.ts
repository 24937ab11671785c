import { field, isHttp2, requestLine } from '../../model/head.js';
import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

const styles = ['all', 'x-forwarded', 'forwarded', 'via'] as const;

export const fault = defineFault({
  id: 'proxy-fields',
  stage: 'request',
  leg: 'server',
  title: 'The request bears the marks of a proxy',
  about:
    'Adds what proxies add: X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host, Forwarded (RFC 7239), Via (RFC 9110 section 7.6.3). Nothing is taken away, so a server that does not look at them opens the WebSocket. One that trusts them sees another client address, scheme or host, and may redirect, refuse or count otherwise.',
  imitates:
    'Any reverse proxy, CDN or corporate proxy that leaves the handshake itself alone; with `proto=http` one that hides that the outside is TLS.',
  params: {
    style: { type: 'string', default: 'all', choices: styles, about: 'Which family of fields.' },
    address: { type: 'string', default: '203.0.113.7', about: 'The address of the client that they name.' },
    proto: { type: 'string', default: 'https', choices: ['https', 'http'], about: 'The scheme that they name.' },
  },
  example: 'proxy-fields',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing, unless the server acts by the fields: a redirect for `proto=http`, a refusal by address.' },
  ],
  apply: (head, { style, address, proto }) => {
    const host = field(head, ':authority') ?? field(head, 'Host') ?? '';
    const version = isHttp2(head) ? '2' : requestLine(head).version.replace('HTTP/', '') || '1.1';
    const fields: readonly (readonly [family: string, name: string, value: string])[] = [
      ['via', 'Via', `${version} proxy.example`],
      ['x-forwarded', 'X-Forwarded-For', address],
      ['x-forwarded', 'X-Forwarded-Proto', proto],
      ['x-forwarded', 'X-Forwarded-Host', host],
      // RFC 7239 section 4: what holds a colon is quoted, and an IPv6 address stands in brackets.
      ['forwarded', 'Forwarded', `for=${address.includes(':') ? `"[${address}]"` : address};proto=${proto};host="${host}"`],
    ];
    const added = fields.filter(([family]) => style === 'all' || style === family);
    return { raw: added.reduce((raw, [, name, value]) => addField(raw, name, value), head.raw) };
  },
});

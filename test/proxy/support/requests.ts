import type { Way } from './caller.js';
import type { Draw } from './seeded.js';

/** One field line as it is written: `name: value`, with its own spacing. */
interface Line {
  readonly name: string;
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** A request head that knows what it looks like on every way. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly version: string;
  readonly lines: readonly Line[];
}

const text = ({ name, before, value, after }: Line): string => `${name}:${before}${value}${after}\r\n`;

/** What the client says on that way to the origin at that port. */
export const saidOn = ({ method, path, version, lines }: Request, way: Way, port: number): string => {
  const authority = `127.0.0.1:${port}`;
  const target = way === 'absolute' ? `http://${authority}${path}` : path;
  const host = way === 'reverse' ? 'front.example:1' : authority;
  const all = lines.map((line) => text(line.value === 'HOST' ? { ...line, value: host } : line));
  if (way === 'absolute') {
    all.splice(1, 0, 'proxy-CONNECTION:keep-alive\r\n');
    all.push('Proxy-Authorization: Basic Og==\r\n');
  }
  return `${method} ${target} ${version}\r\n${all.join('')}\r\n`;
};

/** What the server is due to hear, whatever the way: the hop rules leave nothing behind. */
export const heardBy = (request: Request, port: number): string => saidOn(request, 'direct', port);

const spaces = [' ', ' ', ' ', '', '   ', '\t', ' \t '] as const;
const names = {
  Host: ['Host', 'host', 'HOST', 'hOsT'],
  Upgrade: ['Upgrade', 'upgrade', 'UPGRADE'],
  Connection: ['Connection', 'connection', 'CONNECTION'],
} as const;

const oddCase = (draw: Draw, name: string): string =>
  draw.chance(0.7) ? name : [...name].map((letter) => (draw.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase())).join('');

/** Bytes that may stand in a value, over 0x7f too; at the ends nothing that trimming would take. */
const oddValue = (draw: Draw, length: number): string => {
  const inner = Array.from({ length }, () => String.fromCharCode(draw.chance(0.2) ? 0x80 + draw.upTo(0x80) : 0x21 + draw.upTo(0x5e)));
  return inner.join('');
};

const line = (draw: Draw, name: string, value: string): Line => ({
  name,
  before: draw.one(spaces),
  value,
  after: draw.chance(0.1) ? draw.one([' ', '\t', '  ']) : '',
});

/** A handshake that anyone would take for one, with everything about it that may be odd and has one meaning only. */
export const anyRequest = (draw: Draw): Request => {
  const version = draw.chance(0.08) ? 'HTTP/1.0' : 'HTTP/1.1';
  const must: Line[] = [
    line(draw, oddCase(draw, 'Sec-WebSocket-Key'), draw.one(['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ==', 'short', ''])),
  ];
  if (!(version === 'HTTP/1.0' && draw.chance(0.5))) must.push(line(draw, draw.one(names.Host), 'HOST'));
  if (!draw.chance(0.06))
    must.push(line(draw, draw.one(names.Upgrade), draw.one(['websocket', 'WebSocket', 'websocket', 'h2c, websocket'])));
  if (!draw.chance(0.06)) {
    must.push(line(draw, draw.one(names.Connection), draw.one(['Upgrade', 'upgrade', 'keep-alive, Upgrade', 'keep-alive'])));
  }
  if (!draw.chance(0.06)) must.push(line(draw, oddCase(draw, 'Sec-WebSocket-Version'), draw.one(['13', '13', '13', '8', ''])));
  const extra: Line[] = [];
  if (draw.chance(0.5)) extra.push(line(draw, 'Origin', draw.one(['https://app.test', 'null', ''])));
  if (draw.chance(0.4)) extra.push(line(draw, 'Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'));
  if (draw.chance(0.3)) extra.push(line(draw, 'Sec-WebSocket-Protocol', 'chat, superchat'), line(draw, 'sec-websocket-protocol', 'v2'));
  if (draw.chance(0.2)) extra.push(line(draw, 'X-Empty', ''), line(draw, 'x-empty', ''));
  if (draw.chance(0.3)) extra.push(line(draw, `X-${oddCase(draw, 'latin')}`, oddValue(draw, 1 + draw.upTo(200))));
  if (draw.chance(0.1)) extra.push(line(draw, 'X-Control', 'a\x01b'));
  if (draw.chance(0.08)) extra.push(line(draw, 'Cookie', oddValue(draw, 1000 + draw.upTo(59_000))));
  if (draw.chance(0.1)) for (let i = 0; i < 80; i++) extra.push(line(draw, `X-Many-${i % 7}`, String(i)));
  return {
    method: draw.chance(0.04) ? draw.one(['POST', 'get']) : 'GET',
    path: draw.one(['/', '/socket?token=abc', '/a//b/../c?x=//y|{}', '/%zz?', '/\xe9', '/?q[]=1&q[]=2']),
    version,
    lines: draw.shuffled([...must, ...extra]),
  };
};

/** Cuts bytes at drawn places; sometimes at every byte. */
export const pieces = (draw: Draw, bytes: Buffer): Buffer[] => {
  const how = draw.upTo(10);
  if (how === 0 && bytes.length < 600) return Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
  if (how < 5) return [bytes];
  const cuts = Array.from({ length: 1 + draw.upTo(5) }, () => draw.upTo(bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length)).filter((piece) => piece.length > 0);
};

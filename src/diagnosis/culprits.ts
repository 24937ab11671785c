import type { Evidence } from '../model/finding.js';
import { field, fieldValues, type Head, statusLine } from '../model/head.js';
import { bodyExcerpt, fieldEvidence, startLine } from './evidence.js';

/** Who answered: the software whose hand an answer shows. */
export interface Culprit {
  /** With its version when it says so: `nginx/1.22.1`. */
  readonly name: string;
  /** Whether it stands between the client and the application. */
  readonly role: 'intermediary' | 'server';
  /** The `for` of the fixes that suit it. */
  readonly fixes: readonly string[];
  /** The bytes that gave it away. */
  readonly evidence: Evidence;
}

type Sign = (head: Head, body: string) => { readonly name: string; readonly evidence: Evidence } | undefined;

interface Product {
  readonly role: Culprit['role'];
  readonly fixes: readonly string[];
  readonly sign: Sign;
}

/** The value of a field, when it fits, is the name. */
const byField =
  (name: string, pattern: RegExp, called?: string): Sign =>
  (head) => {
    const nth = fieldValues(head, name).findIndex((value) => pattern.test(value));
    if (nth === -1) return undefined;
    const value = fieldValues(head, name)[nth] ?? '';
    return { name: called ?? pattern.exec(value)?.[0] ?? value, evidence: fieldEvidence({ leg: 'server', head }, name, nth) };
  };

const byBody =
  (pattern: RegExp, called: string): Sign =>
  (_head, body) => {
    const evidence = pattern.test(body) ? bodyExcerpt('server', body, pattern) : undefined;
    return evidence && { name: called, evidence };
  };

const anyOf =
  (...signs: readonly Sign[]): Sign =>
  (head, body) => {
    for (const sign of signs) {
      const found = sign(head, body);
      if (found) return found;
    }
    return undefined;
  };

const namesOf = (head: Head): string => head.headers.map(([name]) => name).join(' ');

/** ws writes its refusals by hand: Connection: close, text/html, a length, and neither Date nor Server (measured with 8.23). */
const wsRefusal: Sign = (head) => {
  const refused =
    /^(Connection Content-Type Content-Length)( Sec-WebSocket-Version)?$/.test(namesOf(head)) && statusLine(head).status >= 400;
  return refused ? { name: 'ws (Node)', evidence: startLine({ leg: 'server', head }) } : undefined;
};

/** gunicorn writes the refusals of its own by hand, with the fields of those of ws and this page (measured with 20.1). */
const gunicornRefusal = byBody(/^<html>\s+<head>\s+<title>[^<]*<\/title>\s+<\/head>\s+<body>\s+<h1><p>/, 'gunicorn');

/** daphne says no more than this where a consumer closes before it accepts (measured with 4.0). */
const daphneRefusal: Sign = (head) =>
  head.headers.length === 0 && /^HTTP\/1\.1 403 Access denied$/.test(head.startLine)
    ? { name: 'daphne', evidence: startLine({ leg: 'server', head }) }
    : undefined;

/** What ws says to a plain request on its own port. */
const wsPlain: Sign = (head, body) =>
  statusLine(head).status === 426 && body === 'Upgrade Required' && /^Content-Length Content-Type( Date)? Connection$/.test(namesOf(head))
    ? { name: 'ws (Node)', evidence: startLine({ leg: 'server', head }) }
    : undefined;

/** engine.io refuses an upgrade as ws does, but for a small letter (measured with socket.io 4.8.4). */
const engineRefusal: Sign = (head) =>
  namesOf(head) === 'Connection Content-type Content-Length' && statusLine(head).status >= 400
    ? { name: 'socket.io', evidence: fieldEvidence({ leg: 'server', head }, 'Content-type') }
    : undefined;

/** Node's http says no more than this to what its parser does not take. */
const nodeParser: Sign = (head, body) =>
  namesOf(head) === 'Connection' && body === '' && [400, 408, 413, 431].includes(statusLine(head).status)
    ? { name: 'Node http', evidence: startLine({ leg: 'server', head }) }
    : undefined;

/** Traefik names itself nowhere; its bodies are the status in words, or its own sentence for a service without servers. */
const traefik: Sign = (head, body) => {
  const { status, reason } = statusLine(head);
  const plain = field(head, 'Content-Type') === 'text/plain; charset=utf-8' && field(head, 'Server') === undefined && status >= 502;
  if (!plain || (body !== reason && body !== 'no available server\n')) return undefined;
  const evidence = bodyExcerpt('server', body);
  return evidence && { name: 'Traefik', evidence };
};

/**
 * Node's http writes Keep-Alive right behind Connection, and only from its ordinary handler, which gets a request with Upgrade only where nobody
 * listens for `upgrade`: a response that such a listener makes by hand has none (measured with Node 20, Express 4, Fastify 4).
 */
export const fromNodeHandler = (head: Head): boolean =>
  / Connection Keep-Alive( |$)/.test(` ${namesOf(head)}`) && /^timeout=\d+$/.test(field(head, 'Keep-Alive') ?? '');

const nodeHandler: Sign = (head) =>
  fromNodeHandler(head) ? { name: 'Node http', evidence: fieldEvidence({ leg: 'server', head }, 'Keep-Alive') } : undefined;

const goHandler: Sign = (head, body) => {
  const plain = (field(head, 'Content-Type') ?? '') === 'text/plain; charset=utf-8' && field(head, 'X-Content-Type-Options') === 'nosniff';
  if (!plain || body.startsWith('<')) return undefined;
  const gorilla = /^websocket: /.test(body) || field(head, 'Sec-Websocket-Version') !== undefined;
  return {
    name: gorilla ? 'gorilla/websocket' : 'Go net/http',
    evidence: fieldEvidence({ leg: 'server', head }, 'X-Content-Type-Options'),
  };
};

/** A redirect of HAProxy is these fields in small letters, and nothing else (measured with 2.6). */
const haproxyRedirect: Sign = (head) =>
  /^content-length location( cache-control)?$/.test(namesOf(head))
    ? { name: 'HAProxy', evidence: fieldEvidence({ leg: 'server', head }, 'location') }
    : undefined;

const web: readonly string[] = ['Express + ws', 'ws (Node)'];

/** Most telling first: who adds a field of its own comes before who only names itself in Server. Section 5 of the failure catalogue. */
const products: readonly Product[] = [
  {
    role: 'intermediary',
    fixes: ['Cloudflare'],
    sign: anyOf(byField('Server', /^cloudflare/i, 'Cloudflare'), byField('CF-RAY', /./, 'Cloudflare')),
  },
  {
    role: 'intermediary',
    fixes: ['AWS'],
    sign: anyOf(
      byField('Server', /^awselb\/[\d.]+/i),
      byField('Via', /\(CloudFront\)/i, 'AWS CloudFront'),
      byField('Server', /^CloudFront$/i, 'AWS CloudFront'),
      byField('X-Amz-Cf-Id', /./, 'AWS CloudFront'),
      byField('x-amzn-ErrorType', /./, 'AWS API Gateway'),
    ),
  },
  {
    role: 'intermediary',
    fixes: ['Squid'],
    sign: anyOf(byField('Server', /^squid\/?[\w.]*/i), byField('X-Squid-Error', /./, 'Squid'), byField('Via', /squid\/[\w.]+/i)),
  },
  {
    role: 'intermediary',
    fixes: ['Envoy'],
    sign: anyOf(
      byField('Server', /^(istio-)?envoy/i, 'Envoy'),
      byField('x-envoy-upstream-service-time', /./, 'Envoy'),
      byBody(/^upstream connect error or disconnect\/reset before headers|^no healthy upstream/, 'Envoy'),
    ),
  },
  {
    role: 'intermediary',
    fixes: ['Varnish'],
    sign: anyOf(byField('Via', /varnish/i, 'Varnish'), byField('X-Varnish', /./, 'Varnish'), byBody(/Guru Meditation/, 'Varnish')),
  },
  {
    role: 'intermediary',
    fixes: ['Google Cloud'],
    sign: anyOf(byField('Via', /^1\.1 google$/i, 'Google front end'), byField('Server', /^Google Frontend/i, 'Google front end')),
  },
  {
    role: 'intermediary',
    fixes: ['IIS'],
    sign: anyOf(
      byField('x-azure-ref', /./, 'Azure Front Door'),
      byField('Server', /^Microsoft-Azure-Application-Gateway\b/i, 'Azure Application Gateway'),
      byField('Server', /^Microsoft-IIS\/[\d.]+/i),
      // HTTP.sys answers itself while IIS has no application for the site.
      byField('Server', /^Microsoft-HTTPAPI\/[\d.]+/i),
    ),
  },
  { role: 'intermediary', fixes: [], sign: byField('Server', /^AkamaiGHost/i, 'Akamai') },
  { role: 'intermediary', fixes: [], sign: anyOf(byField('X-Iinfo', /./, 'Imperva'), byBody(/Incapsula incident ID/, 'Imperva')) },
  { role: 'intermediary', fixes: [], sign: byField('X-Sucuri-ID', /./, 'Sucuri') },
  { role: 'intermediary', fixes: [], sign: byBody(/The requested URL was rejected\. Please consult with your administrator/, 'F5 BIG-IP') },
  { role: 'intermediary', fixes: [], sign: byBody(/FortiGuard/, 'FortiGate') },
  {
    role: 'intermediary',
    fixes: ['HAProxy'],
    sign: anyOf(
      haproxyRedirect,
      byBody(
        /No server is available to handle this request|The server didn't respond in time|Request forbidden by administrative rules|returned an invalid or incomplete response|You have sent too many requests in a given amount of time|Your browser sent an invalid request/,
        'HAProxy',
      ),
    ),
  },
  {
    role: 'intermediary',
    fixes: ['nginx', 'ingress-nginx'],
    sign: anyOf(byField('Server', /^(nginx|openresty)(\/[\d.]+)?/i), byBody(/<center>nginx(\/[\d.]+)?<\/center>/, 'nginx')),
  },
  { role: 'intermediary', fixes: ['Apache httpd'], sign: byField('Server', /^Apache(\/[\d.]+)?(?!-Coyote)/i) },
  { role: 'intermediary', fixes: ['lighttpd'], sign: byField('Server', /^lighttpd(\/[\d.]+)?/i) },
  { role: 'intermediary', fixes: ['Caddy'], sign: byField('Server', /^Caddy/i, 'Caddy') },
  {
    role: 'server',
    fixes: ['Python websockets'],
    sign: anyOf(
      byField('Server', /Python\/[\d.]+ websockets\/[\d.]+/),
      byBody(/^Failed to open a WebSocket connection/, 'Python websockets'),
    ),
  },
  { role: 'server', fixes: ['Django Channels'], sign: anyOf(byField('Server', /^daphne/i), daphneRefusal) },
  {
    role: 'server',
    fixes: ['Python websockets', 'Django Channels'],
    sign: anyOf(byField('Server', /^(uvicorn|hypercorn-h11|gunicorn)\S*/i), gunicornRefusal),
  },
  { role: 'server', fixes: ['Django Channels'], sign: byField('Server', /^(WSGIServer\/[\d.]+|waitress$)/) },
  { role: 'server', fixes: [], sign: byField('Server', /^(SimpleHTTP|BaseHTTP|Werkzeug)\/[\d.]+/) },
  { role: 'server', fixes: ['tornado'], sign: byField('Server', /^TornadoServer\/[\d.]+/i) },
  { role: 'server', fixes: ['aiohttp'], sign: byField('Server', /aiohttp\/[\d.]+/i) },
  { role: 'server', fixes: ['Phoenix'], sign: byField('Server', /^(Cowboy|Bandit)/i) },
  { role: 'server', fixes: ['SignalR'], sign: byField('Server', /^Kestrel/i) },
  {
    role: 'server',
    fixes: ['Rails'],
    sign: (head, body) => (field(head, 'X-Request-Id') === undefined ? undefined : byField('X-Runtime', /./, 'Rails')(head, body)),
  },
  {
    role: 'server',
    fixes: ['Spring'],
    sign: anyOf(
      byField('Server', /^Apache-Coyote\/[\d.]+/i),
      byBody(/Apache Tomcat\/[\d.]+/, 'Apache Tomcat'),
      byBody(/^Invalid CORS request/, 'Spring'),
    ),
  },
  { role: 'server', fixes: [], sign: byBody(/^<h1>404 Not Found<\/h1>No context found for request$/, 'JDK HttpServer') },
  { role: 'server', fixes: ['Vite'], sign: byBody(/server\.allowedHosts/, 'Vite') },
  { role: 'server', fixes: ['webpack-dev-server'], sign: byBody(/^Invalid Host header$/, 'webpack-dev-server') },
  { role: 'server', fixes: ['socket.io'], sign: anyOf(byBody(/\{"code":[0-5],"message":"[^"]+"\}/, 'socket.io'), engineRefusal) },
  {
    role: 'intermediary',
    fixes: ['http-proxy-middleware'],
    sign: byBody(/^Error occurred while trying to proxy: /, 'http-proxy-middleware'),
  },
  { role: 'server', fixes: web, sign: byField('X-Powered-By', /^Express/i, 'Express') },
  {
    role: 'server',
    fixes: ['Fastify'],
    sign: byBody(/^\{"message":"Route [A-Z]+:[^"]* not found","error":"Not Found","statusCode":404\}$/, 'Fastify'),
  },
  { role: 'intermediary', fixes: [], sign: traefik },
  { role: 'server', fixes: ['Go'], sign: goHandler },
  { role: 'server', fixes: web, sign: anyOf(wsRefusal, wsPlain) },
  { role: 'server', fixes: web, sign: anyOf(nodeHandler, nodeParser) },
];

const known = new WeakMap<Head, { readonly body: string; readonly culprit: Culprit | undefined }>();

/** Who answered, by head and body, or undefined when nothing gives it away. Looked up once for an answer, since many rules ask. */
export const culpritOf = (head: Head, body: string): Culprit | undefined => {
  const before = known.get(head);
  if (before?.body === body) return before.culprit;
  const culprit = lookUp(head, body);
  known.set(head, { body, culprit });
  return culprit;
};

const lookUp = (head: Head, body: string): Culprit | undefined => {
  for (const { role, fixes, sign } of products) {
    const found = sign(head, body);
    if (found) return { role, fixes, ...found };
  }
  return undefined;
};

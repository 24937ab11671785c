import { isIP } from 'node:net';

/** The name under which shakedown's own page is reached through the proxy. `.test` never resolves anywhere else (RFC 6761 section 6.2). */
export const ownName = 'shakedown.test';

/** What shakedown hands out about itself. */
export interface OwnFiles {
  readonly html: string;
  /** The page's Content-Security-Policy. */
  readonly policy: string;
  readonly caPem: string;
  readonly caDer: Buffer;
  readonly version: string;
}

export interface OwnRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** An answer of shakedown's own; nothing that was captured gets into its fields. */
export interface OwnAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const common = [
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const;

const plain = (status: number, text: string): OwnAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: `shakedown: ${text}\n`,
  fields: common,
});

const file = (contentType: string, body: string | Buffer, fields: OwnAnswer['fields'] = []): OwnAnswer => ({
  status: 200,
  contentType,
  body,
  fields: [...common, ...fields],
});

/** A name that a foreign page can have pointed at this machine (DNS rebinding, threats.md T02) is none of ours; an address cannot be rebound. */
const isOurs = (host: string | undefined): boolean => {
  if (host === undefined) return true;
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name === ownName || name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
};

/** What a nonce of the self-check may be: it comes back as it went. */
export const nonceOf = (target: string): string | null => /\?nonce=([0-9a-f]{16,64})$/.exec(target)?.[1] ?? null;

/** Everything that can be read from shakedown itself. There is nothing to write, and no token. */
export const ownAnswer = (files: OwnFiles, request: OwnRequest): OwnAnswer => {
  if (!isOurs(request.host))
    return plain(
      421,
      `this Host is none of shakedown's. Its page is at the proxy's own address, and at http://${ownName}/ through the proxy.`,
    );
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'this page takes GET only.');
  switch (request.target.replace(/[?#].*$/, '')) {
    case '/':
      return file('text/html; charset=utf-8', files.html, [['Content-Security-Policy', files.policy]]);
    case '/ca.pem':
      return file('application/x-pem-file', files.caPem);
    case '/ca.crt':
      return file('application/x-x509-ca-cert', files.caDer);
    default:
      return plain(404, 'there are /, /ca.pem and /ca.crt here. This is a proxy: point an app at it, see /.');
  }
};

/** The page asks for its nonce to learn whether its browser comes through the proxy; of other pages only ours may read the answer. */
export const checkAnswer = (
  files: Pick<OwnFiles, 'version'>,
  request: Pick<OwnRequest, 'target' | 'origin'>,
  origins: readonly string[],
): OwnAnswer => {
  const nonce = nonceOf(request.target);
  if (nonce === null) return plain(400, 'the self-check wants a nonce of 16 to 64 hex digits: /check?nonce=...');
  const allowed = origins.find((origin) => origin === request.origin);
  const cors: OwnAnswer['fields'] = allowed === undefined ? [] : [['Access-Control-Allow-Origin', allowed]];
  return file('application/json', JSON.stringify({ shakedown: files.version, nonce }), [['Vary', 'Origin'], ...cors]);
};

import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import { connect as tlsConnect } from 'node:tls';
import { call } from './caller.js';

/** A client of HTTP/2 that came by CONNECT, or without `originPort` straight to the proxy's port. */
export interface Http2Caller extends AsyncDisposable {
  readonly session: ClientHttp2Session;
  readonly localPort: number;
  /** The server's SETTINGS, as they arrived. */
  readonly extended: boolean;
  /** `open`: the body is written by the test. */
  ask(headers: OutgoingHttpHeaders, body?: string | { readonly open: true }): Ask;
}

/** One stream. */
export interface Ask {
  readonly stream: ClientHttp2Stream;
  readonly answer: Promise<IncomingHttpHeaders>;
  /** Everything behind the answer, when it has ended. */
  readonly body: Promise<Buffer>;
  /** The first so many bytes behind the answer. */
  bytes(count: number): Promise<Buffer>;
}

export const extendedConnect = (authority: string, more: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  ':method': 'CONNECT',
  ':protocol': 'websocket',
  ':scheme': 'https',
  ':path': '/chat',
  ':authority': authority,
  'sec-websocket-version': '13',
  ...more,
});

export const callHttp2 = async (to: {
  readonly proxyPort: number;
  readonly originPort?: number;
  readonly ca: string;
}): Promise<Http2Caller> => {
  const { proxyPort, originPort = proxyPort } = to;
  const { raw } = await call({ way: to.originPort === undefined ? 'direct' : 'connect', proxyPort, originPort });
  const tls = tlsConnect({ socket: raw, ca: to.ca, host: '127.0.0.1', ALPNProtocols: ['h2', 'http/1.1'] });
  await new Promise<void>((resolve, reject) => void tls.once('secureConnect', resolve).once('error', reject));
  if (tls.alpnProtocol !== 'h2') throw new Error(`the proxy chose ${String(tls.alpnProtocol)}`);
  const session = connect(`https://127.0.0.1:${originPort}`, { createConnection: () => tls });
  session.on('error', () => {});
  const settings = await new Promise<{ enableConnectProtocol?: boolean }>((resolve) => session.once('remoteSettings', resolve));
  return {
    session,
    localPort: raw.localPort ?? 0,
    extended: settings.enableConnectProtocol === true,
    ask: (headers, body) => {
      const bodiless = headers[':method'] !== 'CONNECT' && body === undefined;
      const stream = session.request(headers, { endStream: bodiless });
      const held: Buffer[] = [];
      let look = (): void => {};
      stream.on('data', (chunk: Buffer) => {
        held.push(chunk);
        look();
      });
      stream.on('error', () => {});
      if (typeof body === 'string') stream.end(body);
      const answer = new Promise<IncomingHttpHeaders>((resolve, reject) => {
        stream.once('response', resolve);
        stream.once('close', () => reject(new Error(`the stream was reset: ${stream.rstCode}`)));
      });
      // A test need not ask for it.
      answer.catch(() => {});
      return {
        stream,
        answer,
        body: new Promise(
          (resolve) => void stream.once('end', () => resolve(Buffer.concat(held))).once('close', () => resolve(Buffer.concat(held))),
        ),
        bytes: (count) =>
          new Promise((resolve) => {
            look = () => {
              const all = Buffer.concat(held);
              if (all.length >= count) resolve(all.subarray(0, count));
            };
            look();
          }),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => {
        if (session.destroyed) return resolve();
        session.once('close', resolve);
        session.destroy();
      });
    },
  };
};

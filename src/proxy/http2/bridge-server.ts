import { connect } from 'node:http2';
import { parseHead } from '../../wire/http-head.js';
import { errorName } from '../../wire/http2/frame.js';
import { requestText, responseFields, responseText } from '../../wire/http2/head.js';
import { requestToHttp2 } from '../../wire/http2/translate.js';
import type { ExchangeLog } from '../exchange-log.js';
import { limits } from '../limits.js';
import type { Side } from '../side.js';
import type { Tap } from '../tap.js';
import { facadeSide } from './facade.js';
import { ServerFacade } from './server-facade.js';
import { settingsOf } from './session-settings.js';
import { spokenTap } from './spoken.js';

/** A server that speaks HTTP/2 where the client does not. */
export interface ServerBridge {
  /** Whether its SETTINGS allow extended CONNECT (RFC 8441 section 3). They are waited for. */
  takesHandshakes(): Promise<boolean>;
  /** Something like a connection of HTTP/1.1 to it; null when its session is over. */
  connect(): Side | null;
  /** The exchange at hand goes over a connection of HTTP/1.1 of its own. */
  bypass(): void;
  /** Puts on record what the server heard and said in place of its translation. */
  speak(tap: Tap): Tap;
  speaking(log: ExchangeLog): ExchangeLog;
  close(): void;
}

export const bridgeServer = (server: Side, authority: string): ServerBridge => {
  const session = connect(`https://${authority}`, {
    createConnection: () => server.stream,
    settings: { enablePush: false },
    maxSendHeaderBlockLength: 256 * 1024,
  });
  let current: { readonly tap: Tap; facade: ServerFacade | null } | null = null;
  session.on('error', () => {});
  session.on('goaway', (code, lastStream, debug) => {
    const text = Buffer.from(debug ?? []).toString('latin1');
    current?.tap.emit({ type: 'goaway', leg: 'server', code: errorName(code), lastStream, debug: text.slice(0, 1024) });
  });
  const settled = new Promise<boolean>((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      resolve(!session.destroyed && session.remoteSettings?.enableConnectProtocol === true);
    };
    const timer = setTimeout(settle, limits.tlsMs);
    session.once('remoteSettings', settle).once('close', settle);
  });

  const speak = (tap: Tap): Tap => {
    const own: NonNullable<typeof current> = { tap, facade: current?.facade ?? null };
    current = own;
    return spokenTap(tap, {
      leg: 'server',
      heads: {
        serverGot: (raw) => requestText(requestToHttp2(parseHead(raw, 'request'), 'https')),
        serverSent: (raw, informational) => (informational ? responseText(responseFields(raw)) : (own.facade?.spoken ?? raw)),
      },
      facade: () => own.facade,
    });
  };

  return {
    takesHandshakes: () => settled,
    connect: () => {
      if (session.destroyed || session.closed) return null;
      const onStream = (stream: number): void => {
        const settings = { client: null, server: settingsOf(session.remoteSettings) };
        current?.tap.emit({ type: 'http2', stream, settings });
      };
      const facade = new ServerFacade(session, { raw: server.raw, onStream });
      if (current) current.facade = facade;
      return facadeSide('server', facade);
    },
    bypass: () => {
      if (current) current.facade = null;
    },
    speak,
    speaking: (log) => ({ ...log, open: (...at) => speak(log.open(...at)) }),
    close: () => session.destroy(),
  };
};

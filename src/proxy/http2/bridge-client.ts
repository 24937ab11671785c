import { randomBytes } from 'node:crypto';
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Entrance, EventBody } from '../../model/event.js';
import { field, type Head, type HeaderField } from '../../model/head.js';
import { headLimit, parseHead } from '../../wire/http-head.js';
import { errorName } from '../../wire/http2/frame.js';
import { requestText, responseText } from '../../wire/http2/head.js';
import { answerToHttp2, isExtendedConnect, requestFraming, requestToHttp1 } from '../../wire/http2/translate.js';
import type { ExchangeLog } from '../exchange-log.js';
import { type Refusal, refuse } from '../refuse.js';
import type { River } from '../river.js';
import { endOf, leave, type Side } from '../side.js';
import type { Tap } from '../tap.js';
import { ClientFacade } from './client-facade.js';
import { facadeSide, fieldsOf } from './facade.js';
import { settingsOf } from './session-settings.js';
import { spokenTap } from './spoken.js';
import { wireOf } from './wire-of.js';

interface Station {
  readonly river: River;
  readonly log: ExchangeLog;
}

export interface ClientBridge {
  readonly tap: Tap;
  readonly client: Side;
  readonly entrance: Entrance | null;
  /** What holds for every exchange of this connection. */
  readonly facts: readonly EventBody[];
  /** Serves one request on the stream that stands behind `client` now. */
  readonly serve: (station: Station, request: { readonly tap: Tap; readonly client: Side; readonly head: Head }) => Promise<void>;
}

/** Streams at one time: each is a connection to the server. Browsers take no more of one, and wait. */
const mostStreams = 100;

/** A client that speaks HTTP/2 where the server does not: each of its streams becomes a connection of HTTP/1.1. */
export const bridgeClient = async ({ river, log }: Station, visit: ClientBridge): Promise<void> => {
  const { client } = visit;
  const session: ServerHttp2Session = performServerHandshake(wireOf(client), {
    settings: { enableConnectProtocol: true, maxConcurrentStreams: mostStreams, maxHeaderListSize: headLimit },
    maxSendHeaderBlockLength: 2 * headLimit,
  });
  const taps = new Set<Tap>();
  const work = new Set<Promise<void>>();
  const bugs: unknown[] = [];
  let unused: Tap | null = visit.tap;
  const facts = (stream: number): EventBody => ({
    type: 'http2',
    stream,
    settings: { client: settingsOf(session.remoteSettings), server: null },
  });

  const nextTap = (): Tap => {
    const tap = unused ?? log.beside(client, visit.entrance, visit.facts);
    if (unused) log.release();
    unused = null;
    return tap;
  };

  const serve = async (stream: ServerHttp2Stream, fields: readonly HeaderField[], endStream: boolean): Promise<void> => {
    const extended = isExtendedConnect(fields);
    const framing = requestFraming(fields, endStream);
    const key = randomBytes(16).toString('base64');
    const raw = requestToHttp1(fields, { key, framing });
    const method = fields.find(([name]) => name === ':method')?.[1] ?? '';
    const head = parseHead(raw ?? '', 'request');
    const facade = new ClientFacade({ stream, head, method: extended ? 'GET' : method, extended, framing }, client.raw);
    const side = facadeSide('client', facade);
    const tap = spokenTap(nextTap(), {
      leg: 'client',
      heads: {
        clientSent: () => requestText(fields),
        clientGot: (text) => responseText(answerToHttp2(parseHead(text, 'response'), extended)),
      },
      facade: () => facade,
    });
    const own = log.child(tap, side);
    taps.add(tap);
    tap.emit(facts(stream.id ?? 0));
    try {
      const refusal = refusalOf(fields) ?? (raw === null ? badPath : null);
      if (!refusal) return await visit.serve({ river, log: own }, { tap, client: side, head });
      tap.emit({ type: 'head', site: 'clientSent', raw: '' });
      refuse(side, tap, refusal);
    } finally {
      own.leave();
      await leave(side);
      own.close();
      taps.delete(tap);
    }
  };

  session.on('error', () => {});
  session.on('stream', (stream, _headers, flags, raw?: readonly string[]) => {
    const job = serve(stream, fieldsOf(raw ?? []), (flags & 1) === 1)
      .catch((error: unknown) => void bugs.push(error))
      .finally(() => work.delete(job));
    work.add(job);
  });
  session.on('goaway', (code, lastStream, debug) => {
    const said = {
      code: errorName(code),
      lastStream,
      debug: Buffer.from(debug ?? [])
        .toString('latin1')
        .slice(0, 1024),
    };
    for (const tap of taps) tap.emit({ type: 'goaway', leg: 'client', ...said });
  });
  await new Promise<void>((resolve) => void session.once('close', resolve));
  await Promise.all(work);
  unused?.emit(facts(0));
  unused?.emit({ type: 'end', leg: 'client', ...endOf(client), by: 'peer' });
  if (bugs.length > 0) throw bugs[0];
};

/** What is not bridged. */
const refusalOf = (fields: readonly HeaderField[]): Refusal | null => {
  if (isExtendedConnect(fields) || field({ headers: fields }, ':method') !== 'CONNECT') return null;
  const protocol = field({ headers: fields }, ':protocol');
  const what =
    protocol === undefined ? 'CONNECT over HTTP/2 opens no tunnel here: use HTTP/1.1' : `the :protocol ${protocol} is not bridged`;
  return { status: 501, why: 'bad-request', text: `shakedown: ${what}.` };
};

const badPath: Refusal = { status: 400, why: 'bad-target', text: 'shakedown: the :path of this request cannot be written as HTTP/1.1.' };

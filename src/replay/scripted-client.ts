import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocketOptions } from 'node:tls';
import { chainOfSocket } from '../authority/certificate-facts.js';
import { stapleFacts } from '../authority/staple-facts.js';
import { type Head, statusLine } from '../model/head.js';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import { createSide, destroySide, resetSide, type Side, withTls } from '../proxy/side.js';
import { take } from '../proxy/take.js';
import { bodyEndOf } from '../wire/body-end.js';
import { findHeadEnd, headLimit, parseHead } from '../wire/http-head.js';
import { converse } from './converse.js';
import { type DoorStep, isGranted, replyEnd } from './entrance.js';
import type { Script, TlsScript } from './script.js';

export interface PlayWorld {
  readonly door: { readonly host: string; readonly port: number };
  /** The certificate of shakedown's own CA, PEM. */
  readonly caPem: string;
  /** For the whole of one play, milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of the client's port before it says a word; what it returns is called when the play is over. */
  readonly enters?: (localPort: number) => () => void;
}

/** How far a play came. `served`: let in, and the conversation was played; `server-left` and `silent`: not all of it. */
export type Ended =
  | 'entrance-refused'
  | 'tls-failed'
  | 'certificate-refused'
  | 'nothing-to-send'
  | 'no-answer'
  | 'refused'
  | 'served'
  | 'server-left'
  | 'silent';

export interface Played {
  /** Of the connection to the door: tells its exchange in the new recording. */
  readonly localPort: number;
  readonly ended: Ended;
  readonly notes: readonly string[];
}

/** What is left open of a play is cut off after this time, milliseconds: body of a refusal, FIN of the peer. */
const lingerMs = 3000;

/**
 * Plays a script against a proxy's door. What the proxy or the server do wrong is an outcome, never an error. Rejects with a Problem SHK_REPLAY when
 * the door cannot be reached.
 */
export const play = async (script: Script, world: PlayWorld): Promise<Played> => {
  const limit = AbortSignal.timeout(world.timeoutMs);
  const raw = await reachDoor(world.door, world.signal ? AbortSignal.any([world.signal, limit]) : limit);
  const localPort = raw.localPort ?? 0;
  const left = world.enters?.(localPort);
  try {
    const performed = await perform(script, { side: createSide('server', raw), caPem: world.caPem, timeoutMs: world.timeoutMs });
    return { localPort, ...performed };
  } finally {
    left?.();
  }
};

/** The signal destroys the socket whenever it comes, and with it ends every wait of the play. */
const reachDoor = ({ host, port }: PlayWorld['door'], signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, signal });
    const onError = (error: Error): void => {
      const text = `The replay could not reach the proxy at ${host}:${port} (${codeOf(error) || sentenceOf(error)}).`;
      reject(new Problem('SHK_REPLAY', text, 'Check that shakedown still listens there.', { cause: error }));
    };
    socket.once('error', onError).once('connect', () => {
      socket.off('error', onError);
      resolve(socket);
    });
  });

interface Stage {
  readonly side: Side;
  readonly caPem: string;
  readonly timeoutMs: number;
}
type Performed = Pick<Played, 'ended' | 'notes'>;

const perform = async (script: Script, stage: Stage): Promise<Performed> => {
  let { side } = stage;
  const over = async (ended: Ended, notes: readonly string[] = []): Promise<Performed> => {
    await leave(side, script.hangUp);
    return { ended, notes };
  };
  if (script.doorTls) {
    const secured = await secure(side, script.doorTls, stage.caPem);
    if (typeof secured === 'string') return over(secured);
    side = secured;
  }
  for (const step of script.door) if (!(await enter(side, step, stage.timeoutMs))) return over('entrance-refused');
  if (script.tls) {
    const secured = await secure(side, script.tls, stage.caPem);
    if (typeof secured === 'string') return over(secured);
    side = secured;
  }
  if (script.head === null) return over('nothing-to-send');
  side.stream.write(Buffer.concat([Buffer.from(script.head, 'latin1'), script.early]));
  const answer = await readAnswer(side, script.patienceMs ?? stage.timeoutMs);
  if (!answer) return over('no-answer');
  if (statusLine(answer).status !== 101) {
    await readBody(side, answer);
    return over('refused');
  }
  const conversation = script.conversation(answer);
  const ended = await converse(side, conversation);
  return over(ended, conversation.notes);
};

const enter = async (side: Side, step: DoorStep, timeoutMs: number): Promise<boolean> => {
  side.stream.write(step.bytes);
  const taken = await take(side, { find: replyEnd[step.reply], limit: headLimit, firstMs: timeoutMs, restMs: timeoutMs });
  return taken.type === 'found' && isGranted(step.reply, taken.bytes);
};

const secure = (side: Side, script: TlsScript, caPem: string): Promise<Side | 'tls-failed' | 'certificate-refused'> =>
  new Promise((resolve) => {
    const stream = connectTls({
      socket: side.raw,
      host: script.host,
      // The recorded SNI or none: without this Node would make one of `host`.
      servername: script.sni ?? '',
      ca: script.trust === 'ours' ? [caPem] : [],
      maxVersion: script.maxVersion,
      ...({ requestOCSP: script.statusRequest } satisfies TLSSocketOptions),
      rejectUnauthorized: script.trust !== 'anyone',
      ...(script.alpn.length > 0 ? { ALPNProtocols: [...script.alpn] } : {}),
    });
    const secured = withTls(side, stream);
    // Node looks at the certificate only when the handshake is done, and then says here what it objects to.
    const onClose = (): void => resolve(stream.authorizationError ? 'certificate-refused' : 'tls-failed');
    let answer: Buffer | null = null;
    stream.once('OCSPResponse', (stapled: Buffer | null) => {
      answer = stapled;
    });
    stream.once('close', onClose).once('secureConnect', () => {
      stream.off('close', onClose);
      // Node looks at no staple. Whoever asks for one and verifies refuses such a certificate.
      if (script.trust === 'ours' && stapleFacts(answer, chainOfSocket(stream)).staple === 'revoked') {
        stream.destroy();
        return resolve('certificate-refused');
      }
      resolve(secured);
    });
  });

/** The final answer's head; null when none came in time. */
const readAnswer = async (side: Side, withinMs: number): Promise<Head | null> => {
  for (;;) {
    const taken = await take(side, { find: findAnswerEnd, limit: headLimit, firstMs: withinMs, restMs: withinMs });
    if (taken.type !== 'found') return null;
    const head = parseHead(taken.bytes.toString('latin1'), 'response');
    const { status } = statusLine(head);
    if (status < 100 || status >= 200 || status === 101) return head;
  }
};

/** 0 says that this will never be a status line: then nothing is waited for. */
const findAnswerEnd = (bytes: Buffer, from: number): number => {
  const start = bytes.toString('latin1', 0, 5).toUpperCase();
  return 'HTTP/'.startsWith(start) ? findHeadEnd(bytes, from) : 0;
};

const readBody = async (side: Side, answer: Head): Promise<void> => {
  const body = bodyEndOf(answer);
  if (body.done) return;
  const { stream } = side;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => done(), lingerMs);
    const onData = (chunk: Buffer): void => {
      body.push(chunk);
      if (body.done) done();
    };
    const done = (): void => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', done).off('close', done);
      resolve();
    };
    stream.on('data', onData).once('end', done).once('close', done);
    if (stream.destroyed || stream.readableEnded) return done();
    stream.resume();
  });
};

/** Ends as the recorded client did, and sees the socket gone. */
const leave = (side: Side, hangUp: 'fin' | 'reset'): Promise<void> =>
  new Promise((resolve) => {
    const { stream } = side;
    if (hangUp === 'reset') resetSide(side);
    if (stream.closed) return resolve();
    const timer = setTimeout(() => destroySide(side), lingerMs);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (stream.destroyed) return;
    stream.end();
    stream.resume();
  });

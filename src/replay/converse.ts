import { randomBytes } from 'node:crypto';
import { opcodes } from '../model/frame.js';
import type { Side } from '../proxy/side.js';
import { isValidCloseCode, readClosePayload } from '../wire/close-code.js';
import { closePayload, encodeFrame } from '../wire/frame-encoder.js';
import type { Conversation } from './conversation.js';
import { createServerCount } from './server-count.js';

/** Unsent bytes over this many let Pings go unanswered: a server that pings and does not read gets no memory of ours. */
const mostUnsent = 1024 * 1024;
/** How long the client waits for a server that ended first when it was recorded, milliseconds. */
const finMs = 3000;

/**
 * Plays a conversation on a WebSocket that is open. `silent`: the server sent less than was waited for; `server-left`: it closed or ended before its
 * time. The socket's own end is left to the caller.
 */
export const converse = async (side: Side, { steps, answersPings }: Conversation): Promise<'served' | 'server-left' | 'silent'> => {
  const { stream } = side;
  const server = createServerCount();
  let wake = (): void => {};
  let missing = 0;
  let closeSent = false;
  const gone = (): boolean => stream.destroyed || stream.readableEnded;
  const reply = (opcode: number, payload: Uint8Array): void => {
    if (stream.writable && stream.writableLength < mostUnsent) {
      stream.write(encodeFrame({ fin: true, opcode, payload, maskKey: randomBytes(4) }));
    }
  };
  const onData = (chunk: Buffer): void => {
    for (const payload of server.push(chunk)) if (answersPings && !closeSent) reply(opcodes.pong, payload);
    wake();
  };
  const onEnd = (): void => wake();
  const until = (met: () => boolean, withinMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        wake = () => {};
        resolve(met());
      };
      const timer = setTimeout(settle, withinMs);
      wake = () => {
        if (met() || gone()) settle();
      };
      wake();
    });
  const left = (): 'server-left' => {
    if (server.close && !closeSent) reply(opcodes.close, answerTo(server.close));
    return 'server-left';
  };

  stream.on('data', onData).on('end', onEnd).on('close', onEnd);
  stream.resume();
  try {
    for (const step of steps) {
      if (step.type === 'pause') await until(gone, step.ms);
      else if (step.type === 'watch') {
        await until(() => server.close !== null, step.withinMs);
        if (gone() || server.close) return left();
      } else if (step.type === 'send') {
        if (!stream.writable) return left();
        closeSent ||= step.close;
        if (!stream.write(step.bytes)) await drained(side);
      } else if (step.type === 'end') {
        if (step.how === 'await-fin') await until(gone, finMs);
      } else {
        const met = (): boolean => server.messages + missing >= step.messages && (server.close !== null || !step.close);
        // Behind a Close nothing more comes (RFC 6455 section 5.5.1).
        await until(() => met() || server.close !== null, step.withinMs);
        if (met()) continue;
        if (gone() || server.close) return left();
        // What did not come in time is not waited for again.
        missing = step.messages - server.messages;
      }
    }
    return missing > 0 ? 'silent' : 'served';
  } finally {
    stream.off('data', onData).off('end', onEnd).off('close', onEnd);
  }
};

/**
 * Early Close of the server: RFC 6455 section 5.5.1 wants its code back. One that may not be on the wire is a protocol error: the letters of an HTTP
 * answer behind a 101 read as such a Close, and a server whose sockets have no `error` listener dies of getting it back.
 */
const answerTo = (close: Uint8Array): Uint8Array =>
  close.length === 0 || isValidCloseCode(readClosePayload(close).code) ? close.subarray(0, 2) : closePayload(1002);

const drained = ({ stream }: Side): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
    if (stream.destroyed) done();
  });

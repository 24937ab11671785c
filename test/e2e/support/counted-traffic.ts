import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import type { Sender } from '../../../src/model/frame.js';
import { readExchanges } from '../../../src/recording/exchanges.js';
import { readMessages } from '../../../src/recording/read-messages.js';
import type { Reading } from '../../../src/recording/reader.js';

/** A message tells which it is, and is known to its last byte. */
const messageOf = (socket: number, number: number, bytes: number): string => {
  const name = `${socket} ${number} `;
  return name + 'abcdefghijklmnopqrstuvwxyz '.repeat(Math.ceil(bytes / 27)).slice(0, Math.max(0, bytes - name.length));
};

export interface Traffic {
  /** Messages that came back, of each socket. */
  readonly echoed: readonly number[];
  /** Resolves when every socket has had so many more echoes; rejects when one ended, or got something else than its message. */
  goOn(echoes: number): Promise<void>;
  /** Sends no more, waits for what is under way, and closes every socket. Resolves with their close codes. */
  close(): Promise<readonly number[]>;
}

/** WebSockets that each have one message under way all the time, through a proxy to an echo server: in frames, fragments, with and without compression. */
export const startTraffic = async (
  proxy: string,
  url: string,
  { sockets, bytes }: { readonly sockets: number; readonly bytes: number },
): Promise<Traffic> => {
  const echoed = Array.from({ length: sockets }, () => 0);
  const codes: Promise<number>[] = [];
  const open: WebSocket[] = [];
  let stopping = false;
  let trouble: Error | undefined;
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const each of waiting.splice(0)) each();
  };
  await Promise.all(
    echoed.map(
      (_, index) =>
        new Promise<void>((resolve, reject) => {
          const compress = index % 2 === 1;
          const socket = new WebSocket(url, { agent: new HttpsProxyAgent(proxy), perMessageDeflate: compress ? { threshold: 0 } : false });
          open.push(socket);
          let sent = 0;
          let expected = '';
          const send = () => {
            expected = messageOf(index, sent++, bytes);
            if (sent % 3 > 0) return socket.send(expected);
            const half = expected.length >> 1;
            socket.send(expected.slice(0, half), { fin: false });
            socket.ping();
            socket.send(expected.slice(half), { fin: true });
          };
          socket.on('open', () => {
            send();
            resolve();
          });
          socket.on('message', (data) => {
            if (data.toString() !== expected) trouble ??= new Error(`socket ${index} got something else than its message ${sent - 1}`);
            echoed[index] = sent;
            if (!stopping) send();
            wake();
          });
          socket.on('error', (error) => {
            trouble ??= error;
            reject(error);
            wake();
          });
          codes.push(
            new Promise((closed) => {
              socket.on('close', (code) => {
                if (!stopping) trouble ??= new Error(`socket ${index} was closed with ${code}`);
                closed(code);
                wake();
              });
            }),
          );
        }),
    ),
  );
  const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
  return {
    echoed,
    goOn: async (echoes) => {
      const goals = echoed.map((count) => count + echoes);
      while (trouble === undefined && echoed.some((count, index) => count < (goals[index] ?? 0))) await turn();
      if (trouble) throw trouble;
    },
    close: async () => {
      stopping = true;
      for (const socket of open) socket.close(1000);
      return Promise.all(codes);
    },
  };
};

export interface Held {
  readonly reading: Reading;
  readonly damaged: number;
  /** Whole messages that are there, and such as say that they lack something. */
  readonly whole: number;
  readonly cut: number;
  readonly lostBytes: number;
  /** What is not as it was sent; a true recording has none. */
  readonly wrong: readonly string[];
}

/** Reads a recording of such traffic, and holds every message against what was sent. */
export const readTraffic = async (file: string, bytes: number): Promise<Held> => {
  const wrong: string[] = [];
  let [damaged, whole, cut, lostBytes] = [0, 0, 0, 0];
  const exchanges = readExchanges(file, { onDamage: () => damaged++ });
  for (;;) {
    const step = await exchanges.next();
    if (step.done) return { reading: step.value, damaged, whole, cut, lostBytes, wrong };
    const { exchange } = step.value;
    lostBytes += exchange.lostBytes;
    for (const { defects } of [exchange.frames.fromClient, exchange.frames.fromServer]) wrong.push(...defects.map(({ note }) => note));
    const last: Record<Sender, number> = { client: -1, server: -1 };
    for await (const batch of readMessages(file, step.value)) {
      for (const { message } of batch) {
        if (message.type !== 'text') continue;
        if (message.lost || message.error?.includes('not in the recording')) {
          cut++;
          continue;
        }
        const text = Buffer.from(message.bytes).toString();
        const [socket, number] = text.split(' ', 2).map(Number);
        if (text !== messageOf(socket ?? 0, number ?? 0, bytes))
          wrong.push(`${exchange.id} ${message.from}: ${text.slice(0, 40)} (${message.error ?? ''})`);
        if ((number ?? 0) <= last[message.from]) wrong.push(`${exchange.id} ${message.from}: ${number} behind ${last[message.from]}`);
        last[message.from] = number ?? 0;
        whole++;
      }
    }
  }
};

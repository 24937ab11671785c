import { createServer, type Server, type Socket } from 'node:net';
import { isoTime } from '../model/clock.js';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import { createDoorkeeper } from './access/guests.js';
import { journey } from './journey.js';
import { limits } from './limits.js';
import { answerBytes } from './refuse.js';
import type { River } from './river.js';

export interface Door {
  readonly host: string;
  readonly port: number;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

/** Listens on the one port that takes everything. Throws a Problem (SHK_LISTEN) when the port cannot be had; never takes another one instead. */
export const openDoor = async (river: River, at: { readonly host: string; readonly port: number }): Promise<Door> => {
  const journeys = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const letsIn = createDoorkeeper(river);
  let connections = 0;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    if (!letsIn(socket)) {
      socket.on('error', () => {});
      socket.resetAndDestroy();
      return;
    }
    if (sockets.size >= limits.connections) {
      socket.on('error', () => {});
      // It is paused: unread, it would stay for good.
      socket.resume();
      socket.setTimeout(limits.lingerMs, () => socket.destroy());
      socket.end(
        answerBytes({
          status: 503,
          why: 'too-large',
          text: `shakedown: ${limits.connections} connections are open, the most that are served at one time.`,
        }),
      );
      return;
    }
    connections += 1;
    sockets.add(socket);
    const going = journey(socket, river, connections).finally(() => {
      sockets.delete(socket);
      journeys.delete(going);
    });
    journeys.add(going);
  });
  await listening(server, at);
  server.on('error', (error) =>
    river.sink.event({ at: isoTime(river.clock.now()), exchange: '', type: 'notice', level: 'error', text: sentenceOf(error) }),
  );
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return {
    host: at.host,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      river.leftAlone.end();
      await Promise.all([closed, ...journeys]);
      await river.ownHost.close();
    },
  };
};

const listening = (server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, { host, port })));
    server.listen({ host, port }, () => resolve());
  });

const listenProblem = (error: Error, { host, port }: { readonly host: string; readonly port: number }): Problem => {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new Problem(
      'SHK_LISTEN',
      `The port ${port} on ${host} is in use.`,
      `Stop what listens there, or start with --port 0 for a free one. Is another shakedown running?`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new Problem('SHK_LISTEN', `The port ${port} on ${host} may not be opened by this user.`, 'Take a port above 1023.', {
      cause: error,
    });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Problem('SHK_LISTEN', `${host} is no address of this machine.`, 'Take 127.0.0.1, ::1, or an address that it has.', {
      cause: error,
    });
  return new Problem('SHK_LISTEN', `Could not listen on ${host}:${port}: ${sentenceOf(error)}.`, 'Take another --host or --port.', {
    cause: error,
  });
};

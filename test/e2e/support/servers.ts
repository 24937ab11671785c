import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import type { ClientName } from './clients.js';

export type Scheme = 'ws' | 'wss';
export const schemes: readonly Scheme[] = ['ws', 'wss'];

export interface Servers {
  /** `localhost`, so that there is a name to send (SNI) and to check. */
  url(client: ClientName, scheme: Scheme): string;
  close(): Promise<void>;
}

/** Two echo servers a client, so that the port tells in a recording whose exchange it is, also where no request head was read. */
export const startServers = async (
  names: readonly ClientName[],
  { origins, tls }: { readonly origins: readonly string[]; readonly tls: { readonly cert: string; readonly key: string } },
): Promise<Servers> => {
  const servers = new Map<string, EchoServer>();
  for (const name of names) {
    servers.set(`${name} ws`, await startEchoServer({ origins }));
    servers.set(`${name} wss`, await startEchoServer({ origins, tls }));
  }
  return {
    url: (client, scheme) => {
      const server = servers.get(`${client} ${scheme}`);
      if (!server) throw new Error(`no server was started for ${client}`);
      return `${scheme}://localhost:${server.port}/chat`;
    },
    close: async () => {
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
};

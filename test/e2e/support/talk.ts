import { once } from 'node:events';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';

/** A WebSocket through the proxy that is open; the caller closes it. */
export const openThrough = async (proxy: string | null, url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url, proxy === null ? {} : { agent: new HttpsProxyAgent(proxy) });
  await once(socket, 'open');
  return socket;
};

/** Sends each text and waits for its echo. */
export const echo = async (socket: WebSocket, ...texts: readonly string[]): Promise<void> => {
  for (const text of texts) {
    const answer = once(socket, 'message');
    socket.send(text);
    const [data] = await answer;
    if (data.toString() !== text) throw new Error(`${JSON.stringify(text)} came back as ${JSON.stringify(data.toString())}`);
  }
};

/** Opens, has the texts echoed, and closes properly. */
export const converse = async (proxy: string | null, url: string, ...texts: readonly string[]): Promise<void> => {
  const socket = await openThrough(proxy, url);
  await echo(socket, ...texts);
  const closed = once(socket, 'close');
  socket.close(1000);
  await closed;
};

import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import { type Attempt, greeting, type Outcome, watchOutcome } from './outcome.js';

/** The npm package ws, with https-proxy-agent where a proxy is named: CONNECT for ws:// and wss:// alike. */
export const withNpmWs = ({ url, proxy, ca, origin, protocols = [], timeoutMs }: Attempt): Promise<Outcome> => {
  const { seen, outcome, settle } = watchOutcome(timeoutMs);
  const agent = proxy === undefined ? undefined : new HttpsProxyAgent(proxy);
  const socket = new WebSocket(url, [...protocols], {
    ...(agent === undefined ? {} : { agent }),
    ...(ca === undefined ? {} : { ca }),
    ...(origin === undefined ? {} : { origin }),
  });
  socket.on('open', () => {
    seen.opened = true;
    socket.send(greeting);
  });
  socket.on('message', (data) => {
    seen.echoed = data.toString() === greeting;
    socket.close(1000);
  });
  socket.on('error', (error) => {
    seen.error = error.message;
  });
  socket.on('close', (code) => {
    seen.closeCode = code;
    settle();
  });
  return outcome.finally(() => socket.terminate());
};

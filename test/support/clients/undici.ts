import { Agent, ProxyAgent, WebSocket } from 'undici';
import { type Attempt, greeting, type Outcome, watchOutcome } from './outcome.js';

/** undici's WebSocket, which is also Node's global one, through its ProxyAgent where a proxy is named. */
export const withUndici = async ({ url, proxy, ca, origin, protocols = [], timeoutMs }: Attempt): Promise<Outcome> => {
  const { seen, outcome, settle } = watchOutcome(timeoutMs);
  const tls = ca === undefined ? {} : { ca };
  const dispatcher = proxy === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri: proxy, requestTls: tls });
  const headers = origin === undefined ? {} : { origin };
  const socket = new WebSocket(url, { protocols: [...protocols], dispatcher, headers });
  socket.onopen = () => {
    seen.opened = true;
    socket.send(greeting);
  };
  socket.onmessage = ({ data }) => {
    seen.echoed = data === greeting;
    socket.close(1000);
  };
  socket.onerror = ({ message, error }) => {
    seen.error = message || (error instanceof Error ? `${error.name}: ${error.message}` : 'an error event without a text');
  };
  socket.onclose = ({ code }) => {
    seen.closeCode = code;
    settle();
  };
  return outcome.finally(() => dispatcher.destroy());
};

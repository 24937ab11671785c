// Opens one WebSocket with Node's own global, as told by the JSON in the arguments, and prints what happened as JSON.
import { Agent, ProxyAgent, setGlobalDispatcher } from 'undici';

const { url, proxy, ca, origin, protocols, greeting, timeoutMs } = JSON.parse(process.argv[2]);
const tls = ca === null ? {} : { ca };
setGlobalDispatcher(proxy === null ? new Agent({ connect: tls }) : new ProxyAgent({ uri: proxy, requestTls: tls }));

const seen = { opened: false, echoed: false, error: '', closeCode: null };
const end = () => {
  process.stdout.write(`${JSON.stringify(seen)}\n`);
  process.exit();
};
setTimeout(() => {
  seen.error ||= `nothing decided within ${timeoutMs} ms`;
  end();
}, timeoutMs);
const socket = new WebSocket(url, { protocols, headers: origin === null ? {} : { origin } });
socket.onopen = () => {
  seen.opened = true;
  socket.send(greeting);
};
socket.onmessage = ({ data }) => {
  seen.echoed = data === greeting;
  socket.close(1000);
};
socket.onerror = ({ message }) => {
  seen.error = message || 'an error event without a text';
  // undici 6, which is Node 20's and 22's, fires no close event when the handshake fails.
  if (!seen.opened) end();
};
socket.onclose = ({ code }) => {
  seen.closeCode = code;
  end();
};

/** Where a client that hides the reason shows more of it. */
const places: readonly { readonly clients: readonly string[]; readonly text: string }[] = [
  {
    clients: ['Chromium', 'Firefox', 'WebKit', 'Safari', 'WebKit (older)'],
    text: 'A page is never told the reason, on purpose (WHATWG WebSockets). The console of Chrome says more than that of Firefox or Safari; the wire says all.',
  },
  {
    clients: ['undici', 'Node built-in WebSocket'],
    text: 'The event carries no message, and its error no cause: use the package ws for a try, which names the reason.',
  },
  {
    clients: ['socket.io-client'],
    text: "Look at err.description and err.context of 'connect_error', or set DEBUG=engine.io-client:* in Node.",
  },
  {
    clients: ['SignalR'],
    text: 'The sentence stands for every failure: configureLogging(signalR.LogLevel.Trace) shows the attempts, the network panel of the browser the answer.',
  },
  {
    clients: ['gorilla/websocket', 'golang.org/x/net/websocket'],
    text: 'Dial of gorilla/websocket also returns the response: print resp.Status and its body.',
  },
  {
    clients: ['Starscream', 'URLSession'],
    text: 'The number stands for a whole group of failures. Print the associated values of the error; the status is in task.response of URLSession.',
  },
  {
    clients: ['Java HttpClient'],
    text: 'getResponse() of the WebSocketHandshakeException, the cause of the CompletionException, has the status and the fields of the answer.',
  },
  {
    clients: ['websocket-sharp'],
    text: 'The reason stands in e.Exception of OnError and in its log: ws.Log.Level = LogLevel.Trace.',
  },
  {
    clients: ['Deno', 'Bun'],
    text: 'The event has little more to tell: use the package ws for a try, which names the reason.',
  },
  {
    clients: ['Paho MQTT'],
    text: 'Paho knows no more than the page it runs in: the console of the browser, or the wire, says more.',
  },
  {
    clients: ['Vite', 'webpack-dev-server', 'SockJS'],
    text: 'The line of the browser itself stands above it in the console and names the URL; the wire names the reason.',
  },
  {
    clients: ['websocat', 'rust-websocket'],
    text: 'websocat -v prints the chain of reasons below the first one.',
  },
  {
    clients: ['WebSocket-Node', 'web3.js'],
    text: "Listen to 'connectFailed' of WebSocket-Node, or try the package ws: both name the reason.",
  },
  { clients: ['.NET ClientWebSocket'], text: 'The reason stands in InnerException, and CollectHttpResponseDetails keeps the status.' },
  { clients: ['tornado'], text: 'tornado closes its stream and drops the reason: its log at level DEBUG, or the wire, says more.' },
];

export const seeMore = (clients: readonly string[]): string =>
  places.find((place) => clients.some((client) => place.clients.includes(client)))?.text ??
  'Only what crossed the wire tells which it was.';

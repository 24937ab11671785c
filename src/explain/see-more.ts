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
  { clients: ['.NET ClientWebSocket'], text: 'The reason stands in InnerException, and CollectHttpResponseDetails keeps the status.' },
  { clients: ['tornado'], text: 'tornado closes its stream and drops the reason: its log at level DEBUG, or the wire, says more.' },
];

export const seeMore = (clients: readonly string[]): string =>
  places.find((place) => clients.some((client) => place.clients.includes(client)))?.text ??
  'Only what crossed the wire tells which it was.';

import type { Place } from '../changes.js';
import { defineFault } from '../fault.js';

/** `host:port`, with brackets around an IPv6 address. Throws for anything else. */
const readPlace = (text: string): Place => {
  const [, address, name, port = ''] = /^(?:\[([\da-f:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = address ?? name;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new Error(`${JSON.stringify(text)} is not of the form host:port`);
  return { host, port: Number(port) };
};

export const fault = defineFault({
  id: 'no-sticky',
  stage: 'dial',
  leg: 'server',
  title: 'A client is sent to another server with each exchange',
  about:
    'Each exchange that dials goes to the next of these places, or with `by=chance` to one that the seed draws. A session that one server knows is unknown to the next. Requests that share a connection to the server stay together. To lose the cookie of a real balancer instead, see `drop-balancer-cookie`.',
  imitates:
    'A load balancer without sticky sessions in front of Socket.IO with polling, SignalR with negotiate, or SockJS; an ingress that lost its affinity annotation.',
  params: {
    places: { type: 'string', default: '', about: 'The servers, each `host:port`, with a space between them.' },
    by: { type: 'string', default: 'turn', choices: ['turn', 'chance'], about: 'In turn, by the number of the exchange, or by chance.' },
  },
  example: 'no-sticky:places=127.0.0.1:3001 127.0.0.1:3002',
  expects: ['intermediary.sticky-session', 'url.refused'],
  effects: [
    {
      client: 'Socket.IO client',
      sees: 'connect_error: xhr poll error, or a WebSocket that fails with 400; it begins again, and may loop for ever.',
    },
    { client: 'ws (Node)', sees: 'Unexpected server response: 400, where the other server does not know the session.' },
  ],
  rows: ['hop.no-sticky'],
  apply: (due, { places, by }, { ordinal = 0, random }) => {
    const list = places
      .split(/\s+/)
      .filter((text) => text !== '')
      .map(readPlace);
    const index = by === 'turn' ? ordinal % Math.max(1, list.length) : Math.floor(random.next() * list.length);
    const place = list[index];
    return place === undefined || (place.host === due.host && place.port === due.port) ? undefined : { place };
  },
});

import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../../model/exchange.js';
import type { HeaderField } from '../../model/head.js';
import { urlOf } from '../../model/target.js';
import { isToken, splitAll } from '../../wire/field-list.js';
import { type Request, requestOf, saysUrlHost } from './request.js';
import { shellText } from './shell.js';

/** Fields that a WebSocket client makes by itself. */
const own = /^(connection|upgrade|sec-websocket-(key|version|extensions))$/i;

const always = ['host', 'connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version'];

/** A handshake as the words of a WebSocket client take it. Texts are latin1. */
export interface WebSocketRequest {
  /** A quoted word. */
  readonly url: string;
  readonly insecure: boolean;
  readonly origin: string | undefined;
  readonly protocols: readonly string[];
  /** The Host field where it is not that of the URL. */
  readonly host: string | undefined;
  readonly fields: readonly HeaderField[];
  readonly notes: readonly string[];
}

/** The handshake of an exchange for a client that makes its own; a sentence when it is none, or when such a client could not ask for it. */
export const webSocketRequest = (exchange: Exchange): WebSocketRequest | string => {
  const request = requestOf(exchange);
  if (typeof request === 'string') return request;
  if (!request.websocket) return 'it is no WebSocket';
  const { target, path, insecure } = request;
  const address = urlOf({ ...target, path });
  const url = URL.canParse(address) ? shellText(address) : null;
  if (url === null || !path.startsWith('/')) return 'no URL can say what it asks for';
  const notes = [...request.notes];
  const { pathname, search } = new URL(address);
  if (pathname + search !== path) notes.push('a client that reads the URL may ask for another path than the recorded one');
  if (always.some((wanted) => !request.fields.some(([name]) => name.toLowerCase() === wanted)))
    notes.push('the recorded handshake lacked a field that such a client always sends');
  if (exchange.upstream) notes.push('an upstream proxy was in between, which this command goes without');
  const { taken, rest } = takeOut(request.fields, notes);
  const offered = splitAll(taken.protocol);
  const proper = offered.every(isToken) && new Set(offered).size === offered.length;
  if (!proper) notes.push('its subprotocols are no proper list, which clients refuse: left out');
  const [host] = taken.host;
  return {
    url,
    insecure,
    origin: taken.origin[0],
    protocols: proper ? offered : [],
    host: host === undefined || saysUrlHost(host, target) ? undefined : host,
    fields: rest,
    notes,
  };
};

/** Fields with a flag of their own, and those that go as they are. */
const takeOut = (fields: Request['fields'], notes: string[]) => {
  const taken = { host: [] as string[], origin: [] as string[], protocol: [] as string[] };
  const rest: HeaderField[] = [];
  let lost = 0;
  for (const field of fields) {
    const [name, value] = field;
    const lower = name.toLowerCase();
    const usable = isToken(name) && !/[\0\r\n]/.test(value) && isUtf8(Buffer.from(value, 'latin1'));
    if (own.test(name)) continue;
    if (!usable) lost++;
    else if (lower === 'host' || lower === 'origin') taken[lower].push(value);
    else if (lower === 'sec-websocket-protocol') taken.protocol.push(value);
    else rest.push(field);
  }
  lost += Math.max(0, taken.host.length - 1) + Math.max(0, taken.origin.length - 1);
  if (lost > 0)
    notes.push(`${lost} of its fields ${lost === 1 ? 'is' : 'are'} left out: such a client cannot send ${lost === 1 ? 'it' : 'them'}`);
  return { taken, rest };
};

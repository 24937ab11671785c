import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { field } from '../model/head.js';
import { endedAtOnce } from './endings.js';

/** graphql-ws calls it SubprotocolNotAcceptable (measured with 6.0); others say it in words. */
const notAcceptable = 4406;

/** The Close with which a server has refused the subprotocols, or that there were none, behind a 101 that chose none. */
export const closedForSubprotocol = (exchange: Exchange): Evidence | undefined => {
  const { close } = exchange.frames.fromServer;
  const answer = exchange.heads.serverSent;
  if (!close || !answer || !endedAtOnce(exchange)) return undefined;
  if (close.code !== notAcceptable && !/sub-?protocol/i.test(close.reason)) return undefined;
  if ((field(answer, 'Sec-WebSocket-Protocol') ?? '') !== '') return undefined;
  return { leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() };
};

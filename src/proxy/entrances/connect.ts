import { certificateName } from '../../authority/host-name.js';
import { fieldValues, type Head, requestLine } from '../../model/head.js';
import { authorityOf } from '../../model/target.js';
import { readRequestTarget } from '../../wire/request-target.js';
import { dial } from '../dial.js';
import { refuse } from '../refuse.js';
import type { River } from '../river.js';
import type { Side } from '../side.js';
import type { Tap } from '../tap.js';
import { dialRefusal } from './dial-refusal.js';

/** Where an entrance leads: the name that the client gave, and the open connection to it. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly server: Side;
}

/**
 * CONNECT (RFC 9110 section 9.3.6). The server is dialled before the 200, so that a client learns of a dead server where it would without us.
 * Oddities of real clients are taken: Host without a port or missing, `Content-Length: 0`, an empty Proxy-Authorization, any Connection.
 */
export const enterByConnect = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly head: Head },
): Promise<Place | null> => {
  const { client, head } = visit;
  client.count.in += head.raw.length;
  tap.emit({ type: 'entrance', entrance: 'connect', request: head.raw });
  const target = readRequestTarget('CONNECT', requestLine(head).target);
  if (target.form !== 'authority' || certificateName(target.host) === null) {
    const why =
      target.form === 'bad'
        ? target.why
        : target.form === 'authority'
          ? `${JSON.stringify(target.host)} is no host name`
          : 'CONNECT wants host:port';
    refuse(client, tap, {
      status: 400,
      why: 'bad-target',
      text: `shakedown: ${why}. CONNECT names a host and a port: CONNECT example.test:443 HTTP/1.1`,
    });
    return null;
  }
  const { host, port } = target;
  tap.emit({ type: 'target', target: { scheme: 'tcp', host, port, path: '' }, kind: 'unknown' });
  if (fieldValues(head, 'transfer-encoding').length > 0 || fieldValues(head, 'content-length').some((length) => Number(length) !== 0)) {
    refuse(client, tap, {
      status: 400,
      why: 'ambiguous-head',
      text: 'shakedown: this CONNECT announces a body, which CONNECT cannot have (RFC 9110 section 9.3.6).',
    });
    return null;
  }
  const dialled = await dial(river, tap, { host, port });
  if ('failure' in dialled) {
    refuse(client, tap, dialRefusal(authorityOf(target), dialled.failure));
    return null;
  }
  const reply = 'HTTP/1.1 200 Connection established\r\n\r\n';
  client.stream.write(reply, 'latin1');
  client.count.out += reply.length;
  tap.emit({ type: 'entrance-reply', reply });
  return { host, port, server: dialled.side };
};

import { describe, expect, it } from 'vitest';
import { credentialsIn } from '../../src/replay/credentials.js';
import { parseHead } from '../../src/wire/http-head.js';

const head = (target: string, ...fields: readonly string[]) =>
  parseHead(`${[`GET ${target} HTTP/1.1`, ...fields].join('\r\n')}\r\n\r\n`, 'request');

describe('the credentials in a request head', () => {
  it('are named once each, in the order of the head, and never shown', () => {
    const found = credentialsIn(
      head(
        '/chat?room=1&access_token=canary',
        'Host: a',
        'Cookie: sid=canary',
        'authorization: Bearer canary',
        'X-Api-Key: canary',
        'Cookie: b=canary',
      ),
    );
    expect(found).toEqual(['the query parameter access_token', 'Cookie', 'authorization', 'X-Api-Key']);
  });

  it.each(['token', 'accessToken', 'api_key', 'apikey', 'X-Amz-Signature', 'sig', 'jwt', 'password', 'ticket', 'auth'])(
    'count the parameter %s',
    (name) => {
      expect(credentialsIn(head(`/?${name}=1`))).toEqual([`the query parameter ${name}`]);
    },
  );

  it.each(['room', 'monkey', 'design', 'author', 'keyboard'])('do not count the parameter %s', (name) => {
    expect(credentialsIn(head(`/?${name}=1`))).toEqual([]);
  });

  it('count a bearer token among the subprotocols', () => {
    expect(credentialsIn(head('/', 'Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.dG9rZW4, v4.channel.k8s.io'))).toEqual([
      'Sec-WebSocket-Protocol',
    ]);
    expect(credentialsIn(head('/', 'Sec-WebSocket-Protocol: chat, eyJhbGciOiJub25lIn0.e30.'))).toEqual(['Sec-WebSocket-Protocol']);
  });

  it('are none in a bare handshake, an empty field or an empty parameter', () => {
    expect(credentialsIn(head('/?token=', 'Cookie:', 'Sec-WebSocket-Key: a', 'Sec-WebSocket-Protocol: chat'))).toEqual([]);
    expect(credentialsIn(null)).toEqual([]);
  });
});

import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-body',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The 200 that opens the tunnel announces a body',
  about:
    'The answer to CONNECT has a Content-Length or a Transfer-Encoding, which a client must ignore (RFC 9110 section 9.3.6), and with `send` a body behind it, which a client then reads as the first words of the server. With `ms=0` head and body leave in one segment; some clients throw away what comes with the head, and do not notice.',
  imitates: 'A home-made proxy that answers CONNECT as it answers everything, with a framework that adds a body or its length.',
  params: {
    framing: { type: 'string', default: 'length', choices: ['length', 'chunked'], about: 'Content-Length, or Transfer-Encoding: chunked.' },
    send: { type: 'boolean', default: true, about: 'Whether the body comes; without it the length is 0, or the coding is only announced.' },
    body: { type: 'string', default: 'OK', about: 'The text of the body.' },
    ms: { type: 'number', default: 50, min: 0, max: 60_000, about: 'The time between the head and the body, milliseconds.' },
  },
  example: 'connect-body',
  expects: ['intermediary.connect-malformed'],
  effects: [
    {
      client: 'ws (Node, https-proxy-agent)',
      sees: 'write EPROTO ... wrong version number. With `ms=0` nothing: it throws away what comes with the head.',
    },
    {
      client: 'curl 7.88',
      sees: 'curl: (35) OpenSSL: error:0A00010B: wrong version number. It takes no notice of the field alone (`send=false`).',
    },
    {
      client: 'Chromium',
      sees: 'net::ERR_SSL_PROTOCOL_ERROR; with `ms=0` it sees the surplus: Establishing a tunnel via proxy server failed.',
    },
    { client: 'Python http.client', sees: 'SSLError: WRONG_VERSION_NUMBER; with `ms=0` nothing, it reads ahead and forgets.' },
    {
      client: 'Python aiohttp 3.8',
      sees: "ClientConnectorSSLError: WRONG_VERSION_NUMBER. Also with `send=false`, where Content-Length: 0 makes it close: AttributeError: 'NoneType' object has no attribute 'get_extra_info'.",
    },
  ],
  apply: ({ reply }, { framing, send, body: text, ms }) => {
    const chunked = framing === 'chunked';
    const bytes = Buffer.from(text).toString('latin1');
    const plain = send ? bytes : '';
    const raw = chunked ? addField(reply, 'Transfer-Encoding', 'chunked') : addField(reply, 'Content-Length', String(plain.length));
    if (!send || bytes === '') return { raw };
    const body = chunked ? `${bytes.length.toString(16)}\r\n${bytes}\r\n0\r\n\r\n` : bytes;
    return { raw, body, ...(ms > 0 && { slice: { bytes: raw.length, everyMs: ms } }) };
  },
});

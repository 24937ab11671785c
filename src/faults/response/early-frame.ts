import { opcodes } from '../../model/frame.js';
import { opens } from '../../model/head.js';
import { writeWireFrame } from '../../wire/write-wire-frame.js';
import { defineFault } from '../fault.js';

const plain = { fin: true, rsv1: false, rsv2: false, rsv3: false, key: null };

export const fault = defineFault({
  id: 'early-frame',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'A frame comes before the 101',
  about: "The client gets a WebSocket frame in front of the server's status line, where it can only be taken for a broken answer.",
  imitates: 'A server that greets in its upgrade listener, before the 101 is written.',
  params: {
    type: { type: 'string', default: 'text', choices: ['text', 'binary', 'ping'], about: 'What kind of frame.' },
    payload: { type: 'string', default: 'early', about: 'Its payload, at most 125 bytes.' },
  },
  example: 'early-frame:type=text',
  expects: ['server.early-data'],
  effects: [
    { client: 'ws (Node)', sees: 'Parse Error: Expected HTTP/, RTSP/ or ICE/ (HPE_INVALID_CONSTANT).' },
    { client: 'Chromium', sees: 'Console: net::ERR_INVALID_HTTP_RESPONSE; close 1006.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'faye-websocket', sees: 'Parse Error.' },
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Python aiohttp', sees: "ClientResponseError: 400, message='Expected HTTP/'." },
    { client: 'Python websocket-client', sees: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x81." },
    { client: 'Go (gorilla, coder)', sees: 'malformed HTTP version "\\x81\\x05earlyHTTP/1.1".' },
  ],
  rows: ['srv.early'],
  apply: (head, { type, payload }) => {
    if (!opens(head)) return undefined;
    const frame = writeWireFrame({ ...plain, opcode: opcodes[type], payload: Buffer.from(payload).subarray(0, 125) });
    return { raw: head.raw, ahead: Buffer.from(frame).toString('latin1') };
  },
});

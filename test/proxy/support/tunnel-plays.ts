import { latin1, type Play } from './play.js';
import { fin, got, over, reset, send } from './script.js';

/** These need a server that is reached before the request is whole: a tunnel. */
export const tunnelPlays: Readonly<Record<string, Play>> = {
  'cut short by the client': ({ draw, said, cut }) => ({
    client: [send(...cut(said.subarray(0, 1 + draw.upTo(said.length - 4)))), fin],
    server: [over, send('HTTP/1.1 400 Bad Request\r\n\r\n'), fin],
    torn: true,
  }),
  'reset by the client in mid-head': ({ said }) => ({
    client: [send(said.subarray(0, said.length - 3)), reset],
    server: [over],
    torn: true,
  }),
  'answered in mid-head': ({ said, cut }) => {
    const answer = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';
    return {
      client: [send(...cut(said.subarray(0, said.length - 3))), got(answer.length), over],
      server: [send(answer), fin],
      torn: true,
    };
  },
  'ended by the server at once': () => ({ client: [over], server: [fin], torn: true }),
  'reset by the server at once': () => ({ client: [over], server: [reset], torn: true }),
  'ended by the client at once, and the server speaks': () => ({ client: [fin], server: [over, send('late words'), fin], torn: true }),
  'begun by the server': ({ cut }) => {
    const [banner, reply] = ['SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', 'SSH-2.0-client 1\r\n'];
    return {
      client: [got(banner.length), send(...cut(latin1(reply))), over],
      server: [send(...cut(latin1(banner))), got(reply.length), fin],
      torn: true,
    };
  },
  'no HTTP at all': ({ draw, cut }) => {
    const words = draw.one([
      draw.bytes(300),
      latin1('\0\0\0\0'),
      latin1('SSH-2.0-client with a comment\r\n'),
      latin1('CAP LS 302\r\nNICK me\r\n'),
      latin1('hello\r\n'),
      latin1('P'),
      latin1('\r\n\r\n'),
      Buffer.of(0x16, 3, 1),
      Buffer.of(0x16, 3, 1, 0, 5, 1, 0, 0),
    ]);
    return {
      client: [send(...cut(words)), fin],
      server: [got(words.length), over, send(...cut(latin1('heard you'))), fin],
      torn: true,
    };
  },
  'another protocol that talks': ({ cut }) => {
    const words = 'CAP LS 302\r\nNICK me\r\n';
    return {
      client: [send(...cut(latin1(words))), got(7), fin],
      server: [got(words.length), send(...cut(latin1('welcome'))), over],
      torn: true,
    };
  },
};

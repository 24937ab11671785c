import type { Way } from './caller.js';
import { anyRequest, heardBy, pieces, type Request, saidOn } from './requests.js';
import { type Act, fin, got, meet, over, reset, send } from './script.js';
import { type Draw, draws } from './seeded.js';

/** One handshake as both sides play it, and the heads that the record must hold. */
export interface Scene {
  readonly title: string;
  readonly client: readonly Act[];
  readonly server: readonly Act[];
  readonly lossy: boolean;
  /** Null: no such head crossed whole. */
  readonly heads: { readonly request: string | null; readonly due: string | null; readonly answer: string | null };
}

/** What a scene is made of, already on the way that it will go. */
interface Props {
  readonly draw: Draw;
  readonly said: Buffer;
  readonly heard: Buffer;
  cut(bytes: Buffer | string): Buffer[];
}

type Play = (props: Props) => {
  readonly client: readonly Act[];
  readonly server: readonly Act[];
  readonly answer?: string | null;
  /** The request never came whole. */
  readonly torn?: true;
  /** Bytes are overtaken by a reset, so some of them may be lost, with a proxy and without. */
  readonly lossy?: true;
};

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A masked text frame from a client, and one of a server, RFC 6455 section 5.2. */
export const clientFrame = (text: string): Buffer => {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.of(0x81, 0x80 | payload.length, 1, 2, 3, 4), payload.map((byte, i) => byte ^ ((i % 4) + 1))]);
};
export const serverFrame = (text: string): Buffer => Buffer.concat([Buffer.of(0x81, text.length), Buffer.from(text)]);

const oddFields = (draw: Draw): string =>
  draw.one([
    '',
    'X-Reason:  spaced out \t\r\n',
    'sEt-CoOkIe: a=1\r\nSet-Cookie:b=2\r\n',
    `X-Bytes: \xff\xfe\x80\r\nX-Empty:\r\n`,
    `X-Long: ${'l'.repeat(draw.upTo(30_000))}\r\n`,
    'Server:nginx\nX-Bare: line feed\n',
    ' folded: into the status line\r\n',
  ]);

const switching = (draw: Draw): string =>
  draw.one([
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n`,
    `HTTP/1.1 101 Web Socket Protocol Handshake\r\nconnection:upgrade\r\nSEC-WEBSOCKET-ACCEPT:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nupgrade:WebSocket\r\n`,
    'HTTP/1.1 101\r\nUpgrade: websocket\r\nUpgrade: websocket\r\n',
    'HTTP/1.0 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n',
    'http/1.1 101 lower case\r\nSec-WebSocket-Protocol: nobody-asked\r\n',
  ]) + `${oddFields(draw)}\r\n`;

const refusing = (draw: Draw, fields: string): string =>
  `${draw.one(['HTTP/1.1 403 Forbidden', 'HTTP/1.1 400 Bad  Request ', 'HTTP/1.1 426', 'HTTP/1.1 503 Try Later', 'HTTP/1.0 200 OK', 'HTTP/1.1 999 What'])}\r\n${fields}${oddFields(draw)}\r\n`;

const chunked = '5;name="a;b"\r\nhello\r\n0000A ; x\r\n0123456789\r\n0\r\nX-Trailer: t\r\nx-trailer:\r\n\r\n';

const plays: Readonly<Record<string, Play>> = {
  'open, and the server ends': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    const [up, down] = [clientFrame('hello'), serverFrame('world')];
    return {
      client: [send(...cut(said)), got(answer.length), send(...cut(up)), got(answer.length + down.length), over],
      server: [got(heard.length), send(...cut(answer)), got(heard.length + up.length), send(...cut(down)), fin],
      answer,
    };
  },
  'open with early frames on both sides, and the client ends': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    const [up, down] = [clientFrame('early'), serverFrame('too')];
    return {
      client: [send(...cut(Buffer.concat([said, up]))), got(answer.length + down.length), fin],
      server: [got(heard.length + up.length), send(...cut(Buffer.concat([latin1(answer), down]))), over],
      answer,
    };
  },
  'open, and the client resets': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    return {
      client: [send(...cut(said)), got(answer.length), reset],
      server: [got(heard.length), send(...cut(answer)), over],
      answer,
    };
  },
  'open, and the server resets at once': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    return {
      client: [send(...cut(said)), got(answer.length), meet, over],
      server: [got(heard.length), send(...cut(answer)), meet, reset],
      answer,
    };
  },
  'open, and the client ends its half first': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    const [up, down] = [clientFrame('last words'), serverFrame('still talking')];
    return {
      client: [send(...cut(said)), got(answer.length), send(up), fin, got(answer.length + down.length)],
      server: [got(heard.length), send(...cut(answer)), got(heard.length + up.length), over, send(...cut(down)), fin],
      answer,
    };
  },
  'open, and the server ends its half first': ({ draw, said, heard, cut }) => {
    const answer = switching(draw);
    const [up, down] = [clientFrame('still talking'), serverFrame('last words')];
    return {
      client: [send(...cut(said)), got(answer.length + down.length), over, send(...cut(up)), fin],
      server: [got(heard.length), send(...cut(answer)), send(down), fin, got(heard.length + up.length)],
      answer,
    };
  },
  'refused with a length': ({ draw, said, heard, cut }) => {
    const body = 'x'.repeat(draw.upTo(3000));
    const answer = refusing(draw, `Content-Length: ${body.length}\r\n`);
    return {
      client: [send(...cut(said)), got(answer.length + body.length), over],
      server: [got(heard.length), send(...cut(answer + body)), fin],
      answer,
    };
  },
  'refused with a length, and the client leaves': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'content-length:4\r\nConnection: close\r\n');
    return {
      client: [send(...cut(said)), got(answer.length + 4), fin],
      server: [got(heard.length), send(...cut(`${answer}nope`)), over],
      answer,
    };
  },
  'refused in chunks with trailers': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, draw.one(['Transfer-Encoding: chunked\r\n', 'transfer-encoding:gzip, Chunked\r\nContent-Length: 3\r\n']));
    return {
      client: [send(...cut(said)), got(answer.length + chunked.length), fin],
      server: [got(heard.length), send(...cut(answer + chunked)), over],
      answer,
    };
  },
  'refused with broken chunks': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Transfer-Encoding: chunked\r\n');
    return {
      client: [send(...cut(said)), over],
      server: [got(heard.length), send(...cut(`${answer}zz\r\nnot a chunk`)), fin],
      answer,
    };
  },
  'refused until the end': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Content-Type: text/html\r\n');
    return {
      client: [send(...cut(said)), over],
      server: [got(heard.length), send(...cut(`${answer}<h1>no</h1>`)), fin],
      answer,
    };
  },
  'refused without a body': ({ draw, said, heard, cut }) => {
    const answer = draw.one(['HTTP/1.1 204 No Content\r\n\r\n', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n']);
    return { client: [send(...cut(said)), got(answer.length), fin], server: [got(heard.length), send(...cut(answer)), over], answer };
  },
  'refused, and bytes that belong to nothing follow': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Content-Length: 0\r\n');
    return {
      client: [send(...cut(said)), over],
      server: [got(heard.length), send(...cut(`${answer}surplus`)), fin],
      answer,
    };
  },
  'refused, and the body is cut short': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Content-Length: 100\r\n');
    return {
      client: [send(...cut(said)), got(answer.length + 7), meet, over],
      server: [got(heard.length), send(...cut(`${answer}half of`)), meet, draw.one([fin, reset])],
      answer,
    };
  },
  'refused after early frames': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Content-Length: 2\r\n');
    const up = clientFrame('eager');
    return {
      client: [send(...cut(Buffer.concat([said, up]))), got(answer.length + 2), over],
      server: [got(heard.length + up.length), send(...cut(`${answer}no`)), fin],
      answer,
    };
  },
  'told to wait first': ({ draw, said, heard, cut }) => {
    const first = draw.one([
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n',
    ]);
    const answer = draw.chance(0.5) ? switching(draw) : refusing(draw, 'Content-Length: 0\r\n');
    return {
      client: [send(...cut(said)), got(first.length + answer.length), fin],
      server: [got(heard.length), send(...cut(first + answer)), over],
      answer,
    };
  },
  'answered with what is no head': ({ draw, said, heard, cut }) => {
    const garbage = draw.one([draw.bytes(500), latin1('SSH-2.0-OpenSSH_9.2\r\n'), latin1('HTTQ/1.1 200 OK\r\n\r\n'), latin1('\r\n\r\n')]);
    return {
      client: [send(...cut(said)), got(garbage.length), meet, over],
      server: [got(heard.length), send(...cut(garbage)), meet, draw.one([fin, reset])],
    };
  },
  // Half a head is not forwarded before it is known to be no more: nobody can wait for it, so only its end is told.
  'answered with half a head': ({ draw, said, heard, cut }) => ({
    client: [send(...cut(said)), over],
    server: [got(heard.length), send(...cut(draw.one(['HT', 'HTTP/1.1 101 Switching Protocols\r\nUpgr']))), fin],
  }),
  'answered with half a head and a reset': ({ said, heard, cut }) => ({
    client: [send(...cut(said)), over],
    server: [got(heard.length), send('HTTP/1.1 101 Switching Protocols\r\nUpgr'), reset],
    lossy: true,
  }),
  'answered with nothing': ({ draw, said, heard, cut }) => ({
    client: [send(...cut(said)), over],
    server: [got(heard.length), draw.one([fin, reset])],
  }),
  'answered with a head over the limit': ({ said, heard, cut }) => {
    const answer = `HTTP/1.1 101 Switching Protocols\r\nX-Big: ${'b'.repeat(70_000)}\r\n\r\n`;
    return { client: [send(...cut(said)), got(answer.length), fin], server: [got(heard.length), send(...cut(answer)), over] };
  },
  'left by the client before the answer': ({ draw, said, heard, cut }) => ({
    client: [send(...cut(said)), fin],
    server: [got(heard.length), over, draw.one([fin, reset])],
  }),
  'left by the client, and answered all the same': ({ draw, said, heard, cut }) => {
    const answer = refusing(draw, 'Content-Length: 2\r\n');
    return { client: [send(...cut(said)), fin], server: [got(heard.length), over, send(`${answer}ok`), fin], answer };
  },
};

/** These need a server that is reached before the request is whole: a tunnel. */
const tunnelPlays: Readonly<Record<string, Play>> = {
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

export const playNames = Object.keys(plays);
export const tunnelPlayNames = Object.keys(tunnelPlays);

/** The same seed gives the same scene on every way: only what the hop rules say differs. */
export const sceneOf = (name: string, at: { readonly seed: number; readonly way: Way; readonly port: number }): Scene => {
  const draw = draws(at.seed);
  const cutter = draws(at.seed ^ 0x5eed);
  const request: Request = anyRequest(draw);
  const [said, heard] = [latin1(saidOn(request, at.way, at.port)), latin1(heardBy(request, at.port))];
  const play = plays[name] ?? tunnelPlays[name];
  if (!play) throw new Error(`there is no play ${name}`);
  const {
    client,
    server,
    answer = null,
    torn,
    lossy = false,
  } = play({
    draw,
    said,
    heard,
    cut: (bytes) => pieces(cutter, typeof bytes === 'string' ? latin1(bytes) : bytes),
  });
  const whole = torn !== true;
  return {
    title: `${name}, seed ${at.seed}`,
    client,
    server,
    lossy,
    heads: { request: whole ? said.toString('latin1') : null, due: whole ? heard.toString('latin1') : null, answer },
  };
};

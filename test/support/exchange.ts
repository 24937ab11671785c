import { startFold } from '../../src/fold/fold.js';
import { isoTime } from '../../src/model/clock.js';
import type { ByteCount, EventBody } from '../../src/model/event.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { ParamValues, Stage } from '../../src/model/fault-choice.js';
import type { Sender } from '../../src/model/frame.js';
import { field, type HeadSite } from '../../src/model/head.js';
import type { CertificateFacts, TlsFacts, TlsFailure } from '../../src/model/tls-facts.js';
import { acceptFor } from '../../src/wire/accept-key.js';
import { parseHead } from '../../src/wire/http-head.js';

/** When every scripted exchange begins: all certificates of `leaf` are good then. */
export const beginning = Date.parse('2026-03-01T12:00:00Z');

const standardRequest = [
  'GET /chat HTTP/1.1',
  'Host: app.example',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];

const standardAnswer = (key: string) => [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${acceptFor(key)}`,
];

/** A good certificate for app.example. */
export const leaf: CertificateFacts = {
  subject: 'CN=app.example',
  issuer: 'C=US, O=Example Trust, CN=Example Issuing CA 1',
  serial: '01',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2026-12-31T00:00:00.000Z',
  dnsNames: ['app.example'],
  ipAddresses: [],
  keyType: 'ec',
  keyBits: 256,
  signature: 'ecdsa-with-SHA256',
  isCa: false,
  selfSigned: false,
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  fingerprint: 'AA:BB',
  der: '',
};

const chainOf = (chain: unknown): CertificateFacts[] =>
  ((chain as Partial<CertificateFacts>[] | undefined) ?? [{}]).map((facts) => ({ ...leaf, ...facts }));

const tlsFacts = (given: Record<string, unknown>): TlsFacts => ({
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: null,
  sni: 'app.example',
  authorized: given.error === undefined,
  error: null,
  ...given,
  chain: chainOf(given.chain),
});

const tlsFailure = (given: Record<string, unknown>): TlsFailure => ({
  code: '',
  message: '',
  alert: null,
  firstBytes: '',
  sni: 'app.example',
  ...given,
  chain: given.chain === undefined ? [] : chainOf(given.chain),
});

/** `\r`, `\n`, `\\` and `\xNN` as the bytes they stand for. */
export const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|([rn\\]))/gi, (_, hex?: string, letter?: string) =>
    hex === undefined ? ({ r: '\r', n: '\n', '\\': '\\' }[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/**
 * A whole head, or edits of another one: `+ Name: value` adds, `- Name` removes, `= Name: value` replaces, a first line without a sign
 * replaces the start line. An answer other than 101 is always whole.
 */
const headFrom = (lines: readonly string[], standard: readonly string[]): string => {
  const edits = lines.filter((line) => line !== '');
  const [first = '', ...rest] = edits;
  if (/^HTTP\/\S+ (?!101)/.test(first) || rest.some((line) => !/^[-+=] /.test(line))) return `${edits.join('\r\n')}\r\n\r\n`;
  let head = [...standard];
  for (const edit of edits) {
    const [sign, rest] = [edit.slice(0, 2), edit.slice(2)];
    const name = `${rest.split(':')[0]?.toLowerCase()}:`;
    if (sign === '+ ') head.push(rest);
    else if (sign === '- ') head = head.filter((line) => !line.toLowerCase().startsWith(name));
    else if (sign === '= ') head = head.map((line) => (line.toLowerCase().startsWith(name) ? rest : line));
    else head[0] = edit;
  }
  return `${head.join('\r\n')}\r\n\r\n`;
};

interface Section {
  readonly name: string;
  readonly lines: readonly string[];
}

const sectionsOf = (script: string): Section[] =>
  script
    .split(/^--- /m)
    .slice(1)
    .map((text) => {
      const [name = '', ...lines] = text.replace(/\n+$/, '').split('\n');
      return { name: name.trim(), lines };
    });

/**
 * Plays a script of one exchange into the fold, and gives the Exchange that comes out. A script is a list of sections in the order of
 * the wire; test/cases/README.md tells which there are.
 */
export const exchangeFrom = (script: string): Exchange => {
  const fold = startFold('x1');
  const header = (name: string): string | undefined => new RegExp(`^${name}: *(.*)$`, 'm').exec(script.split(/^--- /m)[0] ?? '')?.[1];
  let at = beginning;
  const say = (body: EventBody) => {
    at += 1;
    fold.apply({ at: isoTime(at), exchange: 'x1', ...body });
  };
  const url = /^(\w+):\/\/([^:/]+)(?::(\d+))?(\/.*)?$/.exec(header('target') ?? 'ws://app.example:8080/chat');
  const scheme = (url?.[1] ?? 'ws') as 'ws' | 'wss';
  const port = Number(url?.[3] ?? (scheme === 'wss' ? 443 : 80));
  const kind = (header('kind') ?? 'websocket') as Exchange['kind'];
  const entrance = (header('entrance') ?? 'connect') as Exchange['entrance'];
  say({ type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50000 }, entrance });
  say({ type: 'target', target: { scheme, host: url?.[2] ?? '', port, path: url?.[4] ?? '/' }, kind });
  if (header('dialled') !== 'no') say({ type: 'dial', host: url?.[2] ?? '', port });
  const raws: Partial<Record<HeadSite, string>> = {};
  const head = (site: HeadSite, raw: string, sameAs?: HeadSite) => {
    raws[site] = raw;
    say(sameAs ? { type: 'head', site, sameAs } : { type: 'head', site, raw });
  };
  const fault = (text: string, change: { stage: Stage; before: string; after: string }) => {
    const [id = '', json = '{}'] = text.split(/ (?=\{)/);
    const leg = change.stage === 'request' || change.stage === 'dial' ? 'server' : 'client';
    say({ type: 'fault', fault: { id, params: JSON.parse(json) as ParamValues, leg, ...change } });
  };
  const read = (leg: Sender): ByteCount => ({ in: fold.exchange[leg]?.bytesIn ?? 0, out: fold.exchange[leg]?.bytesOut ?? 0 });
  const sections = sectionsOf(script);
  sections.forEach(({ name, lines }, index) => {
    const next = sections[index + 1]?.name ?? '';
    const raw = (standard: readonly string[]) => (name.endsWith(' raw') ? unescaped(lines.join('')) : headFrom(lines, standard));
    const by = / by (.*?)( raw)?$/.exec(name)?.[1];
    const key = () => field(parseHead(raws.serverGot ?? raws.clientSent ?? '', 'request'), 'Sec-WebSocket-Key') ?? '';
    if (name.startsWith('request')) {
      head('clientSent', raw(standardRequest));
      if (!/^(server got|not sent)/.test(next)) head('serverGot', raws.clientSent ?? '', 'clientSent');
    } else if (name.startsWith('server got')) {
      const changed = raw((raws.clientSent ?? '').split('\r\n').filter((line) => line !== ''));
      if (by) fault(by, { stage: 'request', before: raws.clientSent ?? '', after: changed });
      head('serverGot', changed);
    } else if (name.startsWith('answer')) {
      head('serverSent', raw(standardAnswer(key())));
      if (!/^(client got|not delivered)/.test(next)) head('clientGot', raws.serverSent ?? '', 'serverSent');
    } else if (name.startsWith('client got')) {
      const changed = raw((raws.serverSent ?? '').split('\r\n').filter((line) => line !== ''));
      if (by) fault(by, { stage: 'response', before: raws.serverSent ?? '', after: changed });
      head('clientGot', changed);
    } else if (name === 'informational') {
      say({ type: 'head', site: 'serverSent', raw: headFrom(lines, []), informational: true });
    } else if (name === 'body') {
      say({ type: 'bytes', from: 'server', data: Buffer.from(lines.join('\n'), 'latin1').toString('base64') });
    } else if (name === 'then') {
      for (const line of lines.filter((text) => text !== ''))
        at = playLine(line, { say, fault, read, at: () => at, set: (time) => (at = time) });
    }
  });
  return fold.exchange;
};

/** What a line of a `then` section acts on. */
interface Scene {
  say(body: EventBody): void;
  fault(text: string, change: { stage: Stage; before: string; after: string }): void;
  /** Bytes of that leg so far. */
  read(leg: Sender): ByteCount;
  at(): number;
  set(time: number): number;
}

/** One line of a `then` section: `[+SECONDS] EVENT`. Returns the time. */
const playLine = (line: string, scene: Scene): number => {
  const [, seconds, text = ''] = /^(?:\+([\d.]+) )?(.*)$/.exec(line) ?? [];
  if (seconds !== undefined) scene.set(scene.at() + Number(seconds) * 1000 - 1);
  const end = /^(client|server) (fin|reset|error|timeout)(?: (\w+))?$/.exec(text);
  const sends = /^(client|server) sends (.*)$/.exec(text);
  const tls = /^(client|server) (tls|tls-failed) (\{.*\})$/.exec(text);
  const harm = /^fault (\S+) (\S+) ?(\{.*\})?$/.exec(text);
  if (end) {
    const leg = end[1] as Sender;
    scene.say({ type: 'end', leg, how: end[2] as 'fin', by: 'peer', code: end[3] ?? '' });
    scene.say({ type: 'end', leg: leg === 'client' ? 'server' : 'client', how: 'fin', by: 'shakedown', code: '' });
  } else if (sends) {
    scene.say({ type: 'bytes', from: sends[1] as Sender, data: Buffer.from(unescaped(sends[2] ?? ''), 'latin1').toString('base64') });
  } else if (tls) {
    const given = JSON.parse(tls[3] ?? '{}') as Record<string, unknown>;
    const leg = tls[1] as Sender;
    scene.say(tls[2] === 'tls' ? { type: 'tls', leg, tls: tlsFacts(given) } : { type: 'tls-failed', leg, failure: tlsFailure(given) });
  } else if (harm) {
    scene.fault(`${harm[1]} ${harm[3] ?? '{}'}`, { stage: harm[2] as Stage, before: 'as it was', after: 'as it became' });
  } else if (text === 'closed') {
    scene.say({ type: 'closed', client: scene.read('client'), server: scene.read('server') });
  } else {
    scene.say(JSON.parse(text) as EventBody);
  }
  return scene.at();
};

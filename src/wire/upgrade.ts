import type { Head } from '../model/head.js';
import { field, fieldValues, isHttp2, opens, requestLine, statusLine } from '../model/head.js';
import { acceptFor } from './accept-key.js';
import { fieldLines } from './field-line.js';
import { splitAll } from './field-list.js';
import { type ExtensionFlaw, judgeExtensions } from './upgrade-extensions.js';

export type RequestFlawCode =
  | 'method'
  | 'http-version'
  | 'no-host'
  | 'missing-upgrade'
  | 'bad-upgrade'
  | 'missing-connection'
  | 'bad-connection'
  | 'key-missing'
  | 'key-malformed'
  | 'version-missing'
  | 'version-other'
  | 'protocol-malformed'
  | 'duplicate-headers';

export type ResponseFlawCode =
  | 'status'
  | 'http-version'
  | 'missing-upgrade'
  | 'bad-upgrade'
  | 'missing-connection'
  | 'bad-connection'
  | 'accept-missing'
  | 'accept-mismatch'
  | 'subprotocol-missing'
  | 'subprotocol-mismatch'
  | 'subprotocol-unrequested'
  | 'subprotocol-duplicate'
  | 'duplicate-headers'
  | ExtensionFlaw['code'];

/** One way in which a handshake is not as RFC 6455 has it. */
export interface UpgradeFlaw<C extends string = RequestFlawCode | ResponseFlawCode> {
  readonly code: C;
  /** The field's name, or `start-line`. */
  readonly field: string;
  /** A sentence for people. */
  readonly note: string;
  /** Offset in bytes of the offending line in the raw head; absent when the line is missing. */
  readonly offset?: number;
  /** Within the letter of the RFC, and yet some clients refuse it. */
  readonly legal?: true;
}

/** What the client asked for: its key, and the members of its two lists, in order. */
export interface Offer {
  readonly key: string | undefined;
  readonly protocols: readonly string[];
  readonly extensions: readonly string[];
}

const listOf = (head: Head, name: string): string[] => splitAll(fieldValues(head, name));
const hasToken = (head: Head, name: string, token: string): boolean => listOf(head, name).some((member) => member.toLowerCase() === token);

/** True when a request means to open a WebSocket, also one whose Upgrade got lost on the way. In HTTP/2: an extended CONNECT (RFC 8441 section 4). */
export const isHandshake = (head: Head): boolean =>
  (isHttp2(head) && field(head, ':protocol')?.toLowerCase() === 'websocket') ||
  hasToken(head, 'Upgrade', 'websocket') ||
  field(head, 'Sec-WebSocket-Key') !== undefined ||
  field(head, 'Sec-WebSocket-Version') !== undefined;

/** What a request offers, for `judgeResponse`. */
export const offerOf = (request: Head): Offer => ({
  key: field(request, 'Sec-WebSocket-Key'),
  protocols: listOf(request, 'Sec-WebSocket-Protocol'),
  extensions: listOf(request, 'Sec-WebSocket-Extensions'),
});

const collector = <C extends string>(head: Head) => {
  const flaws: UpgradeFlaw<C>[] = [];
  const add = (code: C, name: string, note: string, legal = false): void => {
    const offset = name === 'start-line' ? 0 : fieldLines(head, name).at(-1)?.offset;
    flaws.push({ code, field: name, note, ...(offset === undefined ? {} : { offset }), ...(legal ? { legal } : {}) });
  };
  return { flaws, add };
};

const singletons = (head: Head, names: readonly string[]): string[] => names.filter((name) => fieldValues(head, name).length > 1);

/** The checks of RFC 6455 section 4.2.1 that a server makes of a request; of RFC 8441 section 4 where it is one of HTTP/2. */
export const judgeRequest = (head: Head): UpgradeFlaw<RequestFlawCode>[] => {
  const { flaws, add } = collector<RequestFlawCode>(head);
  if (isHttp2(head)) judgeConnect(head, add);
  else judgeUpgrade(head, add);
  const wanted = field(head, 'Sec-WebSocket-Version');
  if (wanted === undefined) add('version-missing', 'Sec-WebSocket-Version', 'there is no Sec-WebSocket-Version field');
  else if (wanted !== '13') add('version-other', 'Sec-WebSocket-Version', `the version asked for is ${wanted}; RFC 6455 is 13`);
  const protocols = listOf(head, 'Sec-WebSocket-Protocol');
  if (fieldValues(head, 'Sec-WebSocket-Protocol').length > 0 && !areTokens(protocols)) {
    add('protocol-malformed', 'Sec-WebSocket-Protocol', 'the subprotocols are not a list of different tokens');
  }
  for (const name of singletons(head, ['Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Origin'])) {
    add('duplicate-headers', name, `${name} appears more than once`);
  }
  return flaws;
};

type AddRequest = (code: RequestFlawCode, name: string, note: string) => void;

const judgeConnect = (head: Head, add: AddRequest): void => {
  const { method } = requestLine(head);
  if (method !== 'CONNECT') add('method', 'start-line', `the method is ${method || 'missing'}, not CONNECT`);
  if (field(head, ':authority') === undefined && field(head, 'Host') === undefined) add('no-host', ':authority', 'there is no :authority');
  const protocol = field(head, ':protocol');
  if (protocol === undefined) add('missing-upgrade', ':protocol', 'there is no :protocol');
  else if (protocol.toLowerCase() !== 'websocket') add('bad-upgrade', ':protocol', 'the :protocol is not websocket');
};

const judgeUpgrade = (head: Head, add: AddRequest): void => {
  const { method, version } = requestLine(head);
  if (method !== 'GET') add('method', 'start-line', `the method is ${method || 'missing'}, not GET`);
  if (!/^HTTP\/(1\.[1-9]|[2-9])/.test(version))
    add('http-version', 'start-line', `the version is ${version || 'missing'}, lower than HTTP/1.1`);
  if (field(head, 'Host') === undefined) add('no-host', 'Host', 'there is no Host field');
  if (field(head, 'Upgrade') === undefined) add('missing-upgrade', 'Upgrade', 'there is no Upgrade field');
  else if (!hasToken(head, 'Upgrade', 'websocket')) add('bad-upgrade', 'Upgrade', 'the Upgrade field does not name websocket');
  if (field(head, 'Connection') === undefined) add('missing-connection', 'Connection', 'there is no Connection field');
  else if (!hasToken(head, 'Connection', 'upgrade')) add('bad-connection', 'Connection', 'the Connection field does not name Upgrade');
  const key = field(head, 'Sec-WebSocket-Key');
  if (key === undefined) add('key-missing', 'Sec-WebSocket-Key', 'there is no Sec-WebSocket-Key field');
  else if (!/^[A-Za-z0-9+/]{21}[AQgw]==$/.test(key)) add('key-malformed', 'Sec-WebSocket-Key', 'the key is not 16 bytes in base64');
};

const areTokens = (members: readonly string[]): boolean =>
  members.length > 0 &&
  new Set(members).size === members.length &&
  members.every((member) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(member));

/** The checks of RFC 6455 section 4.1 that a client makes of an answer. One that does not open the WebSocket has the one flaw `status`. */
export const judgeResponse = (head: Head, offer: Offer): UpgradeFlaw<ResponseFlawCode>[] => {
  const { flaws, add } = collector<ResponseFlawCode>(head);
  if (!opens(head)) {
    add('status', 'start-line', `the status is ${statusLine(head).status}, not ${isHttp2(head) ? '200' : '101'}`);
    return flaws;
  }
  // RFC 8441 section 5: HTTP/2 has no Upgrade, no Connection and no Sec-WebSocket-Accept.
  if (!isHttp2(head)) judgeSwitch(head, offer, add);
  judgeProtocol(head, offer, add);
  for (const { code, note } of judgeExtensions(fieldValues(head, 'Sec-WebSocket-Extensions'), offer.extensions)) {
    add(code, 'Sec-WebSocket-Extensions', note);
  }
  return flaws;
};

type Add = (code: ResponseFlawCode, name: string, note: string, legal?: boolean) => void;

const judgeSwitch = (head: Head, offer: Offer, add: Add): void => {
  const { version } = statusLine(head);
  if (!/^HTTP\/(1\.[1-9]|[2-9])/.test(version)) add('http-version', 'start-line', `the version is ${version}, lower than HTTP/1.1`);
  for (const name of singletons(head, ['Upgrade', 'Sec-WebSocket-Accept']))
    add('duplicate-headers', name, `${name} appears more than once`);

  const upgrade = fieldValues(head, 'Upgrade');
  if (upgrade.length === 0) add('missing-upgrade', 'Upgrade', 'there is no Upgrade field');
  else if (upgrade.some((value) => value.toLowerCase() !== 'websocket'))
    add('bad-upgrade', 'Upgrade', `Upgrade is "${upgrade.join(', ')}", not "websocket"`);

  const connection = listOf(head, 'Connection').map((member) => member.toLowerCase());
  if (fieldValues(head, 'Connection').length === 0) add('missing-connection', 'Connection', 'there is no Connection field');
  else if (!connection.includes('upgrade')) add('bad-connection', 'Connection', 'the Connection field does not name Upgrade');
  else if (connection.length > 1) add('bad-connection', 'Connection', 'the Connection field names more than Upgrade', true);

  judgeAccept(head, offer, add);
};

const judgeAccept = (head: Head, { key }: Offer, add: Add): void => {
  const name = 'Sec-WebSocket-Accept';
  const accept = fieldValues(head, name);
  const wanted = key === undefined ? undefined : acceptFor(key);
  if (accept.length === 0) add('accept-missing', name, 'there is no Sec-WebSocket-Accept field');
  else if (wanted !== undefined && accept.some((value) => value !== wanted))
    add('accept-mismatch', name, `the key ${key} calls for ${wanted}`);
};

const judgeProtocol = (head: Head, { protocols }: Offer, add: Add): void => {
  const name = 'Sec-WebSocket-Protocol';
  const fields = fieldValues(head, name);
  const chosen = splitAll(fields);
  const offer = protocols.join(', ');
  if (fields.length === 0 && protocols.length > 0)
    add('subprotocol-missing', name, `none of the offered subprotocols (${offer}) was chosen`, true);
  if (fields.length === 0) return;
  if (protocols.length === 0) add('subprotocol-unrequested', name, `"${fields.join(', ')}" was chosen though nothing was offered`);
  else if (fields.length > 1 || chosen.length > 1) add('subprotocol-duplicate', name, 'more than one subprotocol was chosen');
  else if (!protocols.includes(chosen[0] ?? '')) add('subprotocol-mismatch', name, `"${fields[0]}" is none of the offered ${offer}`);
};

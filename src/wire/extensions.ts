import { fieldValues, type Head } from '../model/head.js';
import { isToken, splitAll, splitList, unquote } from './field-list.js';

/** One member of `Sec-WebSocket-Extensions`. A parameter without a value is `true`. */
export interface Extension {
  readonly name: string;
  readonly params: readonly (readonly [name: string, value: string | true])[];
}

export interface ExtensionDefect {
  readonly code: 'bad-name' | 'bad-parameter' | 'bad-value' | 'repeated-parameter';
  readonly note: string;
}

/** Reads all `Sec-WebSocket-Extensions` values of one head (RFC 6455 section 9.1); what is odd is described and kept where it can be. */
export const parseExtensions = (values: readonly string[]): { extensions: Extension[]; defects: ExtensionDefect[] } => {
  const defects: ExtensionDefect[] = [];
  const note = (code: ExtensionDefect['code'], text: string) => {
    if (defects.length < 20) defects.push({ code, note: text });
  };
  const extensions = splitAll(values).map((member): Extension => {
    const [name = '', ...rest] = splitList(member, ';');
    if (!isToken(name)) note('bad-name', `"${name}" is no name of an extension`);
    const params = rest.map((text) => readParameter(text, note));
    const names = params.map(([key]) => key.toLowerCase());
    if (new Set(names).size < names.length) note('repeated-parameter', `${name} has a parameter twice`);
    return { name, params };
  });
  return { extensions, defects };
};

const readParameter = (text: string, note: (code: ExtensionDefect['code'], text: string) => void): Extension['params'][number] => {
  const equals = text.indexOf('=');
  const key = (equals === -1 ? text : text.slice(0, equals)).trimEnd();
  if (!isToken(key)) note('bad-parameter', `"${key}" is no name of a parameter`);
  if (equals === -1) return [key, true];
  const value = unquote(text.slice(equals + 1).trimStart());
  // RFC 6455 section 9.1: also a quoted value must be a token once the quotes are gone.
  if (!isToken(value)) note('bad-value', `"${value}" is no value of a parameter`);
  return [key, value];
};

/** What permessage-deflate was agreed on (RFC 7692 section 7.1). Window bits are 8 to 15. */
export interface AgreedDeflate {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  readonly serverMaxWindowBits: number;
  readonly clientMaxWindowBits: number;
}

const deflate = 'permessage-deflate';
const named = (head: Pick<Head, 'headers'>): Extension | undefined =>
  parseExtensions(fieldValues(head, 'sec-websocket-extensions')).extensions.find(({ name }) => name.toLowerCase() === deflate);

/** Whether the answer agreed on permessage-deflate, so that RSV1 has a meaning (RFC 7692 section 6); also where its parameters make no sense. */
export const agreesOnDeflate = (answer: Pick<Head, 'headers'> | null): boolean =>
  fieldValues(answer ?? undefined, 'sec-websocket-extensions').some((value) => /(^|[,\s])permessage-deflate\b/i.test(value));

/**
 * What the two sides agreed on, or null. The response decides; it cannot agree on what no request head offered (RFC 6455 section 9.1), so
 * give every request head that is known (the client's own, the one the server got), or none to believe the response alone. A value
 * that makes no sense counts as its default: whoever inflates needs no less than the full window then.
 */
export const agreedDeflate = (
  requestHeads: readonly (Pick<Head, 'headers'> | null | undefined)[],
  responseHead: Pick<Head, 'headers'> | null | undefined,
): AgreedDeflate | null => {
  const known = requestHeads.filter((head) => head !== null && head !== undefined);
  if (!responseHead || (known.length > 0 && !known.some(named))) return null;
  const answer = named(responseHead);
  if (!answer) return null;
  const value = (name: string) => answer.params.find(([key]) => key.toLowerCase() === name)?.[1];
  const bits = (name: string) => {
    const given = value(name);
    return typeof given === 'string' && /^([89]|1[0-5])$/.test(given) ? Number(given) : 15;
  };
  return {
    serverNoContextTakeover: value('server_no_context_takeover') !== undefined,
    clientNoContextTakeover: value('client_no_context_takeover') !== undefined,
    serverMaxWindowBits: bits('server_max_window_bits'),
    clientMaxWindowBits: bits('client_max_window_bits'),
  };
};

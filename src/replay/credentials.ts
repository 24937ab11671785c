import { fieldValues, type Head, requestLine } from '../model/head.js';
import { splitAll } from '../wire/field-list.js';

const secretField = /^(proxy-)?authorization$|^cookie2?$|(^|[-_])(token|secret|password|api-?key|session|jwt|csrf|xsrf)([-_]|$)/i;
const secretParameter =
  /(^|[-_.])(token|auth|authorization|secret|password|passwd|pwd|key|apikey|jwt|sig|signature|session|sid|ticket)([-_.]|$)/i;
/** A JSON Web Token starts with base64url of `{"`; Kubernetes and others put bearer tokens into subprotocols. */
const secretProtocol = /^eyJ[\w-]+\.|bearer|(^|[-_.])token[-_.]/i;

/**
 * What a replay of this request head sends that is worth protecting (threats.md T59): names only, in the order of the head, each once. `Cookie`,
 * `Authorization`, `the query parameter access_token`, ...
 */
export const credentialsIn = (head: Head | null): readonly string[] => {
  if (!head) return [];
  const fields = head.headers
    .filter(([name, value]) => value !== '' && secretField.test(name) && !/^sec-websocket-/i.test(name))
    .map(([name]) => name);
  const protocols = splitAll(fieldValues(head, 'sec-websocket-protocol'));
  return [
    ...new Set([
      ...queryNames(requestLine(head).target).map((name) => `the query parameter ${name}`),
      ...fields,
      ...(protocols.some((member) => secretProtocol.test(member)) ? ['Sec-WebSocket-Protocol'] : []),
    ]),
  ];
};

/** Names of the parameters that have a value and sound like a secret. `accessToken` counts as `access-token` does. */
const queryNames = (target: string): string[] => {
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  return query
    .split('&')
    .filter((pair) => /=./.test(pair))
    .map((pair) => pair.slice(0, pair.indexOf('=')))
    .filter((name) => secretParameter.test(name.replace(/([a-z])([A-Z])/g, '$1-$2')));
};

import { field, type HeaderField } from '../../model/head.js';
import { isToken } from '../../wire/field-list.js';
import { requestText, responseText } from '../../wire/http2/head.js';
import { listAt, Misfit, maybe, type Place, placeOf, textAt } from '../misfit.js';

/** One character a byte: what a tool had decoded as UTF-8 is encoded again. */
const latin1 = (text: string): string => (/[^\x00-\xff]/.test(text) ? Buffer.from(text).toString('latin1') : text);

const fieldName = (name: string): boolean => isToken(name.startsWith(':') ? name.slice(1) : name);

/** The fields of a HAR's request or response, as `{name, value}` or, as Slack writes them, `[name, value]`. */
export const fieldsOf = (place: Place): HeaderField[] =>
  (maybe(listAt, place, 'headers') ?? []).flatMap((one, index) => {
    const where = `${place.where}.headers[${index}]`;
    const pair = placeOf(Array.isArray(one) ? { name: one[0], value: one[1] } : one, where);
    const name = latin1(textAt(pair, 'name'));
    if (!fieldName(name)) throw new Misfit(`${where}.name`, 'is no name of a field');
    // DevTools join fields of one name with line feeds.
    return latin1(textAt(pair, 'value'))
      .split('\n')
      .map((value): HeaderField => {
        if (/[\r\0]/.test(value)) throw new Misfit(`${where}.value`, 'holds a line break or a NUL');
        return [name, value];
      });
  });

/** `HTTP/1.1`, `HTTP/2`, ... of what tools write: `h2`, `http/2.0`, `unknown`. */
export const versionOf = (told: string, fields: readonly HeaderField[]): string => {
  if (fields.some(([name]) => name.startsWith(':')) || /^(h2|http\/2)/i.test(told)) return 'HTTP/2';
  if (/^(h3|http\/3)/i.test(told)) return 'HTTP/3';
  return /^http\/\d\.\d$/i.test(told) ? told.toUpperCase() : 'HTTP/1.1';
};

const text = (startLine: string, fields: readonly HeaderField[]): string =>
  `${[startLine, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

/** A request's head, rebuilt. */
export const requestHead = (place: Place, { path, fields }: { readonly path: string; readonly fields: readonly HeaderField[] }): string => {
  const method = textAt(place, 'method');
  if (!isToken(method)) throw new Misfit(`${place.where}.method`, 'is no name of a method');
  const version = versionOf(maybe(textAt, place, 'httpVersion') ?? '', fields);
  if (version !== 'HTTP/2') return text(`${method} ${path} ${version}`, fields);
  const pseudo = (name: string, value: string): HeaderField[] => (field({ headers: fields }, name) === undefined ? [[name, value]] : []);
  return requestText([...pseudo(':method', method), ...pseudo(':path', path), ...fields]);
};

/** A response's head, rebuilt. */
export const responseHead = (
  place: Place,
  { status, fields }: { readonly status: number; readonly fields: readonly HeaderField[] },
): string => {
  const version = versionOf(maybe(textAt, place, 'httpVersion') ?? '', fields);
  if (version === 'HTTP/2')
    return responseText([...(field({ headers: fields }, ':status') === undefined ? [[':status', `${status}`] as const] : []), ...fields]);
  const reason = latin1(maybe(textAt, place, 'statusText') ?? '');
  if (/[\r\n\0]/.test(reason)) throw new Misfit(`${place.where}.statusText`, 'holds a line break or a NUL');
  return text(`${version} ${String(status).padStart(3, '0')} ${reason}`, fields);
};

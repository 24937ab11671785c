import type { HeaderField } from '../../model/head.js';

/** No text of a peer may begin another line. */
const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ');

const lineOf = ([name, value]: HeaderField): string => `${oneLine(name)}: ${oneLine(value)}`;

const textOf = (fields: readonly HeaderField[], name: string): string => oneLine(fields.find(([own]) => own === name)?.[1] ?? '');

/**
 * A request of HTTP/2 as head text: `CONNECT /chat HTTP/2`, then its other pseudo-header fields and its fields in their order. The form in which
 * curl and browsers show them, so that everything that reads and edits heads can read and edit these.
 */
export const requestText = (fields: readonly HeaderField[]): string => {
  const startLine = `${textOf(fields, ':method') || '-'} ${textOf(fields, ':path') || '*'} HTTP/2`;
  const rest = fields.filter(([name]) => name !== ':method' && name !== ':path');
  return `${[startLine, ...rest.map(lineOf)].join('\r\n')}\r\n\r\n`;
};

/** An answer of HTTP/2 as head text: `HTTP/2 200`. */
export const responseText = (fields: readonly HeaderField[]): string => {
  const rest = fields.filter(([name]) => name !== ':status');
  return `${[`HTTP/2 ${textOf(fields, ':status') || '000'}`, ...rest.map(lineOf)].join('\r\n')}\r\n\r\n`;
};

/** Fields of HTTP/1.1 that have no place in HTTP/2 (RFC 9113 section 8.2.2). */
const connectionFields = new Set(['connection', 'upgrade', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

const fieldsOf = (lines: readonly string[]): HeaderField[] =>
  lines.flatMap((line) => {
    // A pseudo-header field begins with a colon of its own.
    const colon = line.indexOf(':', 1);
    if (colon === -1) return [];
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    return connectionFields.has(name) ? [] : [[name, line.slice(colon + 1).trim()] as const];
  });

const dissect = (raw: string): { readonly startLine: string; readonly fields: HeaderField[] } => {
  const [startLine = '', ...lines] = raw.split(/\r?\n/);
  const fields = fieldsOf(lines);
  // RFC 9113 section 8.3: pseudo-header fields stand before all others.
  const pseudo = fields.filter(([name]) => name.startsWith(':'));
  return { startLine, fields: [...pseudo, ...fields.filter(([name]) => !name.startsWith(':'))] };
};

/** The header list of a request text, as `requestText` writes it, whatever was edited in it. */
export const requestFields = (raw: string): HeaderField[] => {
  const { startLine, fields } = dissect(raw);
  const [method = '', path = ''] = startLine.split(' ');
  const extended = fields.some(([name]) => name === ':protocol');
  // A CONNECT without a protocol has no path (RFC 9113 section 8.5).
  const target: HeaderField[] = method === 'CONNECT' && !extended && path === '*' ? [] : [[':path', path]];
  return [[':method', method], ...target, ...fields];
};

/** The header list of an answer's text, of HTTP/2 or HTTP/1.1. */
export const responseFields = (raw: string): HeaderField[] => {
  const { startLine, fields } = dissect(raw);
  return [[':status', startLine.split(' ')[1] ?? '502'], ...fields];
};

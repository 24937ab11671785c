import type { IncomingMessage, ServerResponse } from 'node:http';
import { MethodProblem, RequestProblem } from './problem-answer.js';
import type { Asked, Body, Param, Route } from './route.js';
import { complaintAbout } from './schema.js';

/** The most that a body may take, bytes (threats.md T01, T61). */
export const bodyLimit = 1024 * 1024;

type Params = Asked['params'];

/** Finds the route of a path; 404, or 405 with what there is. */
export const findRoute = (
  routes: readonly Route[],
  { method, path }: { readonly method: string; readonly path: string },
): { readonly route: Route; readonly inPath: Readonly<Record<string, string>> } => {
  const known = routes.flatMap((route) => {
    const inPath = matchPath(route.path, path);
    return inPath ? [{ route, inPath }] : [];
  });
  const found = known.find(({ route }) => route.method === method);
  if (found) return found;
  if (known.length === 0) throw new RequestProblem(404, 'There is nothing at this path.', 'GET /v1/openapi.json lists what there is.');
  const methods = known.map(({ route }) => route.method).join(', ');
  throw new MethodProblem(methods);
};

/** The values of the parameters in a path; undefined: it is another path. */
const matchPath = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const own = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (own !== part) return undefined;
      continue;
    }
    const value = decoded(own);
    if (value === undefined || value === '') return undefined;
    values[name] = value;
  }
  return values;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The parameters as their schemas have them. Throws a RequestProblem that names the one at fault. */
export const readParams = (
  params: Readonly<Record<string, Param>>,
  given: {
    readonly inPath: Readonly<Record<string, string>>;
    readonly query: URLSearchParams;
    readonly headers: IncomingMessage['headers'];
  },
): Params => {
  for (const name of new Set(given.query.keys())) {
    const known = Object.hasOwn(params, name) && params[name]?.in === 'query';
    if (!known)
      throw new RequestProblem(
        400,
        `The parameter ${JSON.stringify(name.slice(0, 80))} is not known here.`,
        'GET /v1/openapi.json lists what there is.',
      );
    if (given.query.getAll(name).length > 1) throw new RequestProblem(400, `The parameter ${name} is given twice.`, 'Give it once.');
  }
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, readParam([name, param], given)]));
};

const readParam = (
  [name, { in: place, schema }]: readonly [string, Param],
  { inPath, query, headers }: Parameters<typeof readParams>[1],
): Params[string] => {
  const header = headers[name.toLowerCase()];
  const text =
    place === 'path' ? inPath[name] : place === 'query' ? (query.get(name) ?? undefined) : typeof header === 'string' ? header : undefined;
  if (text === undefined) return undefined;
  const value = typed(text, schema.type);
  const complaint = complaintAbout(value, schema, `the parameter ${name}`);
  // Headers come from libraries that add them by themselves.
  if (complaint !== undefined && place === 'header') return undefined;
  if (complaint !== undefined) throw new RequestProblem(400, `${capital(complaint)}.`, 'GET /v1/openapi.json says what it may be.');
  return value;
};

const typed = (text: string, type: unknown): string | number | boolean => {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type !== 'integer' && type !== 'number') return text;
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
};

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The body as its schema has it; undefined where there is none. Throws a RequestProblem: 400, 413, 415. */
export const readBody = async (request: IncomingMessage, response: ServerResponse, body: Body | undefined): Promise<unknown> => {
  const announced = Number(request.headers['content-length'] ?? 0);
  const has = announced > 0 || request.headers['transfer-encoding'] !== undefined;
  if (!has) {
    if (body?.required) throw new RequestProblem(400, 'This request needs a body.', body.about);
    return undefined;
  }
  if (!body) throw new RequestProblem(400, 'This request takes no body.', 'Leave it out.');
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const asText = body.textTypes?.includes(type) ?? false;
  if (!asText && type !== 'application/json')
    throw new RequestProblem(
      415,
      `A body of the type ${JSON.stringify(type.slice(0, 80))} is not taken here.`,
      `Send Content-Type: ${['application/json', ...(body.textTypes ?? [])].join(' or ')}.`,
    );
  if (announced > bodyLimit) throw tooLong();
  if (request.headers.expect !== undefined) response.writeContinue();
  const text = await wholeText(request);
  if (asText) return text;
  const value = parsed(text);
  const complaint = complaintAbout(value, body.schema, 'the body');
  if (complaint !== undefined) throw new RequestProblem(400, `${capital(complaint)}.`, body.about);
  return value;
};

const tooLong = (): RequestProblem => new RequestProblem(413, `The body is longer than ${bodyLimit} bytes.`, 'Send less.');

const wholeText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimit) throw tooLong();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new RequestProblem(400, 'The body is no UTF-8.', 'Send JSON in UTF-8.');
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestProblem(
      400,
      `The body is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}.`,
      'Send one JSON object.',
    );
  }
};

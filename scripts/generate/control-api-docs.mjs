// @ts-check
import { anchor, built, code, notice, page, table } from './markdown.mjs';

/** @typedef {import('../../src/control/http/route.js').Route} Route */
/** @typedef {import('../../src/control/http/schema.js').Schema} Schema */

const intro = `Everything that the terminal UI does with a running shakedown, for programs. [guides/control-api.md](guides/control-api.md) shows it at work; a running shakedown serves the same list as
an OpenAPI 3.1 document at ${code('GET /v1/openapi.json')}.`;

const common = [
  `- Every request shows the token of the run: ${code('Authorization: Bearer TOKEN')}. It is in the ready file ([cli.md](cli.md#the-ready-file)), and ${code('start')} tells it once where stderr is a terminal.`,
  `- ${code('Host')} must be ${code('127.0.0.1')}, ${code('localhost')} or ${code('[::1]')} with the port. Requests with an ${code('Origin')}, of a web page or for an upgrade are refused with 403; there are no CORS fields.`,
  `- Bodies are JSON with ${code('Content-Type: application/json')}, at most 1 MiB. Fields and parameters that are not named here are refused; answers may have more fields than are named here.`,
  `- A problem is ${code('application/problem+json')} with ${code('status')}, ${code('code')}, ${code('message')} (what happened) and ${code('advice')} (what to do): 400 not in order, 401 no token, 403 not let in, 404 no such thing, 409 not as things stand, 413 too long, 415 of another type.`,
].join('\n');

/** @type {import('../generate.mjs').Product} */
export const controlApiDocs = {
  path: 'docs/control-api.md',
  from: 'dist',
  make: async (root) => {
    /** @type {readonly Route[]} */
    const routes = (await built(root, 'control/http/routes.js')).routes;
    /** @type {Readonly<Record<string, Schema>>} */
    const shapes = (await built(root, 'control/http/schemas.js')).shapes;
    return page([
      notice,
      '# The control API',
      intro,
      common,
      table(
        ['request', 'does'],
        routes.map((route) => [`[${code(titleOf(route))}](#${anchor(titleOf(route))})`, route.summary]),
      ),
      ...routes.flatMap(section),
      '## What answers are made of',
      ...Object.entries(shapes).flatMap(([name, schema]) => [`### ${name}`, schema.description, fieldTable(schema)]),
    ]);
  },
};

/** @param {Route} route */
const titleOf = ({ method, path }) => `${method} ${path}`;

/** @param {Route} route @returns {(string | undefined)[]} */
const section = (route) => {
  const { summary, about, params = {}, body, answers } = route;
  const rows = Object.entries(params).map(([name, param]) => [code(name), param.in, typeOf(param.schema), param.about]);
  return [
    `## ${titleOf(route)}`,
    `${summary}.${about === undefined ? '' : ` ${about}`}`,
    rows.length === 0 ? undefined : table(['parameter', 'in', 'is', 'meaning'], rows),
    body && `Body${body.required ? '' : ', which may be left out'}: ${body.about}`,
    body?.schema.properties && fieldTable(body.schema),
    ...Object.entries(answers).map(
      ([status, { about: said, schema, type }]) =>
        `Answers ${status}: ${said}${schema ? ` It is ${type ? code(type) : typeOf(schema)}.` : ''}`,
    ),
  ];
};

/** @param {Schema} schema */
const fieldTable = ({ properties = {}, required = [] }) =>
  table(
    ['field', 'is', 'meaning'],
    Object.entries(properties).map(([name, schema]) => [
      code(name),
      `${typeOf(schema)}${required.includes(name) ? '' : ', or absent'}`,
      schema.description ?? '',
    ]),
  );

/** @param {Schema} schema @returns {string} */
const typeOf = (schema) => {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return `[${name}](#${anchor(name)})`;
  if (schema.enum) return schema.enum.map(code).join(', ');
  const types = schema.type === undefined ? ['anything'] : [schema.type].flat();
  const words = types.map((type) =>
    type === 'array' && schema.items
      ? `list of ${typeOf(schema.items)}`
      : type === 'object' && schema.properties
        ? inside(schema)
        : (typeWords[type] ?? type),
  );
  const bounds = [
    schema.minimum === undefined ? '' : `from ${schema.minimum}`,
    schema.maximum === undefined ? '' : `to ${schema.maximum}`,
  ].filter((text) => text !== '');
  return [words.join(' or '), ...bounds].join(' ');
};

/** @param {Schema} schema */
const inside = ({ properties = {} }) =>
  `object of ${Object.entries(properties)
    .map(([name, schema]) => `${code(name)} (${typeOf(schema)})`)
    .join(', ')}`;

/** @type {Readonly<Record<string, string>>} */
const typeWords = { string: 'text', integer: 'whole number', boolean: 'true or false', array: 'list' };

import type { Body, Described, Param, Route } from './route.js';
import { shapes } from './schemas.js';

/** What every request can be told in place of its answer. */
const problems: Readonly<Record<string, string>> = {
  400: 'The request is not in order; the sentence names what.',
  401: 'The token is missing or wrong.',
  403: 'The Host is not ours, or a web page asks.',
  404: 'There is no such thing.',
  409: 'It does not fit how things stand.',
  '5XX': 'It could not be done.',
};
const bodyProblems: Readonly<Record<string, string>> = { 413: 'The body is too long.', 415: 'The body is of another type.' };

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const answerOf = ({ about, schema, type = 'application/json' }: Described): object => ({
  description: about,
  ...(schema && { content: { [type]: { schema } } }),
});

const paramOf = ([name, { in: place, about, schema }]: readonly [string, Param]): object => ({
  ...{ name, in: place, description: about, schema },
  ...(place === 'path' && { required: true }),
});

const bodyOf = ({ about, required, schema, textTypes = [] }: Body): object => ({
  description: about,
  required,
  content: Object.fromEntries([['application/json', { schema }], ...textTypes.map((type) => [type, { schema: { type: 'string' } }])]),
});

const operationOf = ({ id, summary, about, params = {}, body, answers }: Route): object => ({
  operationId: id,
  summary,
  ...(about !== undefined && { description: about }),
  ...(Object.keys(params).length > 0 && { parameters: Object.entries(params).map(paramOf) }),
  ...(body && { requestBody: bodyOf(body) }),
  responses: {
    ...Object.fromEntries(Object.entries(answers).map(([status, described]) => [status, answerOf(described)])),
    ...Object.fromEntries(
      Object.entries({ ...problems, ...(body && bodyProblems) }).map(([status, description]) => [
        status,
        { description, content: problemContent },
      ]),
    ),
  },
});

/** The OpenAPI 3.1 document of these routes. */
export const openApiOf = (routes: readonly Route[], version: string): object => {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'shakedown control API',
      version,
      description:
        'Everything that the terminal UI does with a running shakedown, for programs. It listens on loopback only, and needs the token of the run.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:8102' }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: shapes },
  };
};

import { once } from 'node:events';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openApiOf } from '../../../src/control/http/openapi.js';
import type { Route } from '../../../src/control/http/route.js';
import { routes } from '../../../src/control/http/routes.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { clientOf, openClient } from '../hands/support.js';
import { type Answered, type ControlHouse, startControlHouse } from './support.js';

let api: ControlHouse;
let server: EchoServer;
beforeAll(async () => {
  api = await startControlHouse();
  server = await startEchoServer();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.close();
});
afterEach(() => api.ask('DELETE', '/v1/armed'));

const document = openApiOf(routes, '0.0.0') as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: true });
// The document is the root that its own refs are resolved against.
ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'paths', 'components']);
ajv.addSchema(document, 'api');

/** The answer is one that the document describes, in status, type and shape. */
const fits = (route: Pick<Route, 'method' | 'path'>, { status, headers, json }: Answered): void => {
  const operation = document.paths[route.path]?.[route.method.toLowerCase()];
  const found = operation?.responses[String(status)] ?? operation?.responses[`${Math.floor(status / 100)}XX`];
  expect(found, `${route.method} ${route.path} answers ${status}`).toBeDefined();
  const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
  if (!found?.content) {
    expect(type).toBe('');
    return;
  }
  expect(Object.keys(found.content)).toContain(type);
  if (json === undefined) return;
  const key = String(status) in (operation?.responses ?? {}) ? String(status) : `${Math.floor(status / 100)}XX`;
  const pointer = ['paths', route.path, route.method.toLowerCase(), 'responses', key, 'content', type, 'schema'];
  const ref = `api#/${pointer
    .map((part) => part.replace(/~/g, '~0').replace(/\//g, '~1'))
    .map(encodeURIComponent)
    .join('/')}`;
  const validate = ajv.compile({ $ref: ref });
  expect(validate(json), `${route.method} ${route.path}: ${JSON.stringify(validate.errors)}`).toBe(true);
};

const seen = new Set<string>();
const ask = async (method: Route['method'], path: string, body?: unknown): Promise<Answered> => {
  const answer = await api.ask(method, path, body === undefined ? {} : { body });
  const route = routes.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.replace(/\?.*/, '')),
  );
  if (!route) throw new Error(`no route for ${method} ${path}`);
  if (answer.status < 300) seen.add(route.id);
  fits(route, answer);
  return answer;
};

describe('the OpenAPI document', () => {
  it('is what the API serves, and names each operation once', async () => {
    const { json } = await ask('GET', '/v1/openapi.json');
    expect(json).toMatchObject({ openapi: '3.1.0', security: [{ token: [] }] });
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(ids).toHaveLength(routes.length);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('has only schemas that are valid JSON Schema 2020-12, and refs that lead somewhere', () => {
    const schemas: object[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'schema') schemas.push(inner as object);
        collect(inner);
      }
    };
    collect(document.paths);
    schemas.push(...Object.values(document.components.schemas));
    expect(schemas.length).toBeGreaterThan(50);
    for (const schema of schemas) expect(ajv.validateSchema(schema), JSON.stringify(schema)).toBe(true);
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    for (const ref of refs) expect(Object.keys(document.components.schemas)).toContain(ref.replace('#/components/schemas/', ''));
  });

  it('has every parameter of its paths, and says what each operation answers', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(operations)) {
        const own = (operation.parameters ?? []).filter((param) => param.in === 'path');
        expect(own.map(({ name }) => name)).toEqual(inPath);
        for (const param of own) expect(param.required).toBe(true);
        expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
        for (const response of Object.values(operation.responses)) expect(response.description).not.toBe('');
        expect(operation.summary).not.toBe('');
      }
    }
  });
});

describe('what the routes answer', () => {
  it('arms, lists, counts and disarms faults', async () => {
    expect((await ask('GET', '/v1/faults')).json.faults.map(({ id }: { id: string }) => id)).toContain('drop-upgrade');
    const made = await ask('POST', '/v1/armed', { fault: 'status', params: { code: 503 }, match: 'host = 127.0.0.1', nth: 2 });
    expect(made).toMatchObject({ status: 201, json: { choice: { fault: 'status', nth: 2, params: { code: 503 } }, applied: 0 } });
    expect(made.headers.location).toBe(`/v1/armed/${made.json.choice.key}`);
    await ask('POST', '/v1/armed', { choice: 'drop-upgrade:times=1' });
    expect((await ask('GET', '/v1/armed')).json.armed).toHaveLength(2);
    expect((await ask('DELETE', made.headers.location ?? '')).status).toBe(204);
    expect((await ask('DELETE', '/v1/armed')).json).toEqual({ disarmed: 1 });
    expect((await ask('GET', '/v1/armed')).json).toEqual({ armed: [] });
    expect((await ask('GET', '/v1/rules')).json).toEqual({ rules: [] });
  });

  it.each([
    [{ fault: 'drop-upgrad' }, 400, /did you mean drop-upgrade/],
    [{ fault: 'status', params: { cod: 503 } }, 400, /did you mean code/],
    [{ fault: 'status', params: { code: 'many' } }, 400, /is not a number/],
    [{ fault: 'status', params: { times: 1 } }, 400, /params\.times is no parameter/],
    [{ fault: 'status', nht: 1 }, 400, /a field "nht" that is not known/],
    [{ fault: 'status', nth: 'two' }, 400, /The field nth is a text, and must be a whole number/],
    [{ fault: 'status', nth: 0 }, 400, /The field nth must be at least 1/],
    [{ choice: 'status', nth: 1 }, 400, /says everything by itself/],
    [{}, 400, /one of the fields choice and fault/],
    [[1], 400, /The body is a list, and must be an object/],
    ['{"choice":', 400, /no JSON/],
    ['', 400, /needs a body/],
  ])('says which field of %j is wrong', async (body, status, why) => {
    const answer = await ask('POST', '/v1/armed', body);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      code: expect.stringMatching(/^SHK_/),
      message: expect.stringMatching(why),
      advice: expect.any(String),
    });
  });

  it.each([
    ['GET', '/v1/nothing', 404],
    ['GET', '/', 404],
    ['GET', '/v1/exchanges/%ff', 404],
    ['GET', '/v1/exchanges/nobody', 404],
    ['DELETE', '/v1/exchanges/nobody', 404],
    ['POST', '/v1/exchanges/nobody/replay', 404],
    ['GET', '/v1/exchanges?limit=1001', 400],
    ['GET', '/v1/exchanges?limit=x', 400],
    ['GET', '/v1/exchanges?limit=1&limit=2', 400],
    ['GET', '/v1/exchanges?filter=nonsense%20%3D%201', 400],
    ['GET', '/v1/events?filter=message%20~%20x', 400],
    ['DELETE', '/v1/armed/nobody', 404],
    ['PUT', '/v1/info', 405],
  ] as const)('%s %s is a problem with a sentence: %i', async (method, path, status) => {
    const answer = await api.ask(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({
      status,
      code: expect.stringMatching(/^SHK_/),
      message: expect.stringMatching(/[.?^]$/s),
      advice: expect.stringMatching(/(\.|docs\/filter\.md)$/),
    });
  });

  it('tells of an exchange, its messages and its replay', async () => {
    const client = await openClient(api.house, server.url);
    client.socket.send('hello');
    client.socket.send(Buffer.of(1, 2));
    await client.next(2);
    client.socket.close(1000);
    await client.closed;
    await api.house.event(({ type }) => type === 'closed');
    const { rows } = (await ask('GET', '/v1/exchanges?filter=outcome%20%3D%20closed&from=0&limit=10')).json;
    const { id } = rows.at(-1);
    expect((await ask('GET', `/v1/exchanges/${id}`)).json).toMatchObject({
      id,
      status: 101,
      findings: [],
      messages: { fromClient: 2, fromServer: 2 },
    });
    const page = (await ask('GET', `/v1/exchanges/${id}/messages?limit=2`)).json;
    expect(page).toMatchObject({ total: 6, messages: [{ number: 0, from: 'client', type: 'text', text: 'hello', bytes: 5 }, {}] });
    expect((await ask('GET', `/v1/exchanges/${id}/messages/1`)).json).toMatchObject({ number: 1 });
    expect((await ask('GET', `/v1/exchanges/${id}/messages/99`)).status).toBe(404);
    expect((await ask('POST', `/v1/exchanges/${id}/replay`, { faults: ['drop-upgrade'] })).json).toMatchObject({ same: false });
    expect((await ask('POST', `/v1/exchanges/${id}/replay`)).json).toMatchObject({ same: true, differences: [] });
  });

  it('puts frames in, closes and kills', async () => {
    const client = await openClient(api.house, server.url);
    const { rows, total } = (await ask('GET', '/v1/exchanges?filter=outcome%20%3D%20open')).json;
    expect(total).toBe(1);
    const path = `/v1/exchanges/${rows[0].id}`;
    expect((await ask('POST', `${path}/inject`, { to: 'client', type: 'text', text: 'put in' })).status).toBe(204);
    expect(await client.next()).toEqual(['put in']);
    await ask('POST', `${path}/inject`, { to: 'server', type: 'binary', base64: 'AQI=' });
    expect(Buffer.from((await client.next())[0] ?? '')).toEqual(Buffer.of(1, 2));
    for (const bad of [
      { type: 'text', code: 1000 },
      { type: 'text', text: '', base64: '' },
      { type: 'binary', base64: '?' },
      { type: 'close', reason: 'x' },
      { type: 'ping', text: 'x'.repeat(126) },
    ])
      expect((await ask('POST', `${path}/inject`, { to: 'client', ...bad })).status).toBe(400);
    expect((await ask('POST', `${path}/close`, { code: 1005 })).json.message).toMatch(/may not carry the code 1005/);
    expect((await ask('POST', `${path}/close`, { code: 4000, reason: 'enough' })).status).toBe(204);
    expect(await client.closed).toEqual([4000, 'enough']);
    await api.house.event((event) => event.type === 'closed' && event.exchange === rows[0].id);
    expect((await ask('POST', `${path}/close`)).status).toBe(409);
    const other = await openClient(api.house, server.url);
    const open = (await ask('GET', '/v1/exchanges?filter=outcome%20%3D%20open')).json.rows[0];
    expect((await ask('DELETE', `/v1/exchanges/${open.id}`)).status).toBe(204);
    expect((await other.closed)[0]).toBe(1006);
  });

  it('holds a handshake and a message, and lets them go otherwise', async () => {
    const hold = await ask('POST', '/v1/holds', { at: 'request', match: 'host = 127.0.0.1', times: 1 });
    expect(hold).toMatchObject({ status: 201, json: { at: 'request', caught: 0, ms: 300_000 } });
    const client = clientOf(api.house, server.url);
    await api.house.event((event) => event.type === 'held' && event.hold === hold.json.id);
    const { held, holds } = (await ask('GET', '/v1/holds')).json;
    expect(holds).toEqual([]);
    expect(held).toMatchObject([{ hold: hold.json.id, at: 'request', from: 'client', head: expect.stringMatching(/^GET \/ /) }]);
    expect((await ask('POST', `/v1/held/${held[0].id}`, { action: 'edit' })).status).toBe(400);
    expect((await ask('POST', `/v1/held/${held[0].id}`, { action: 'drop', text: 'x' })).status).toBe(400);
    expect(
      (await ask('POST', `/v1/held/${held[0].id}`, { action: 'edit', head: held[0].head.replace('GET /', 'GET /edited') })).status,
    ).toBe(204);
    await once(client.socket, 'open');
    expect(server.seen.at(-1)?.url).toBe('/edited');

    await ask('POST', '/v1/holds', { at: 'message', from: 'client', match: 'message ~ "secret"' });
    client.socket.send('a secret');
    await api.house.event((event) => event.type === 'held' && event.what === 'message');
    const [message] = (await ask('GET', '/v1/holds')).json.held;
    expect(message).toMatchObject({ at: 'message', message: { type: 'text', text: 'a secret', bytes: 8 } });
    expect((await ask('POST', `/v1/held/${message.id}`, { action: 'edit', text: 'nothing' })).status).toBe(204);
    expect(await client.next()).toEqual(['nothing']);
    client.socket.send('another secret');
    await api.house.event(() => api.house.events.filter(({ type }) => type === 'held').length === 3);
    expect((await ask('DELETE', '/v1/holds')).status).toBe(204);
    expect(await client.next()).toEqual(['another secret']);
    const again = (await ask('POST', '/v1/holds', { at: 'response' })).json;
    expect((await ask('DELETE', `/v1/holds/${again.id}`)).status).toBe(204);
    expect((await ask('POST', '/v1/holds', { at: 'request', from: 'client' })).status).toBe(400);
    expect((await ask('POST', '/v1/held/nobody', { action: 'release' })).status).toBe(404);
    client.socket.terminate();
  });

  it('counts for Prometheus, without a word that was captured', async () => {
    await ask('POST', '/v1/armed', { choice: 'drop-upgrade:times=1' });
    const client = clientOf(api.house, `${server.url}captured-path`);
    await new Promise((resolve) => client.socket.once('error', resolve));
    const before = api.house.events.length;
    await api.house.event((event) => event.type === 'closed' && api.house.events.indexOf(event) >= 0 && before > 0);
    const { text, headers } = await ask('GET', '/v1/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toMatch(/^shakedown_faults_applied_total\{fault="drop-upgrade"\} [1-9]/m);
    expect(text).toMatch(/^shakedown_exchanges_total\{kind="websocket",outcome="closed"\} \d+$/m);
    expect(text).toMatch(/^shakedown_bytes_total\{leg="client",direction="in"\} [1-9]\d*$/m);
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]\d*$/m);
    expect(text).not.toMatch(/captured|127\.0\.0\.1/);
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w -]+"(,\w+="[\w -]+")*\})? \d+(\.\d+)?)$/);
  });

  it('takes rules', async () => {
    expect((await ask('PUT', '/v1/rules', { rules: [] })).json).toEqual({ rules: [] });
  });

  it('every route was asked, and answered well', async () => {
    await ask('GET', '/v1/info');
    expect(routes.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual(['followEvents']);
  });
});

import { describe, expect, it } from 'vitest';
import { compareExchanges } from '../../src/comparison/compare.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { ImportLack } from '../../src/model/imported.js';
import { exchangeFrom } from '../support/exchange.js';

const silent = async function* () {};
const compared = (script: string) => {
  const exchange = exchangeFrom(script);
  return { exchange, findings: diagnose(exchange), messages: silent };
};
const request = (...edits: readonly string[]) => compared(`--- request\n${edits.join('\n')}\n--- answer\n\n--- then\nclosed\n`);
const differences = async (a: ReturnType<typeof compared>, b: ReturnType<typeof compared>) =>
  (await compareExchanges(a, b)).differences.map(({ where, a: one, b: other }) => [where, one, other]);

describe('heads, field by field', () => {
  it.each([
    ['another value', '= Host: other.example', ['request.host', 'app.example', 'other.example']],
    ['a field more', '+ X-Api-Key: 1', ['request.x-api-key', '', '1']],
    ['an empty field more', '+ X-Api-Key:', ['request.x-api-key', '', '(empty)']],
    ['a field twice', '+ Sec-WebSocket-Version: 13', ['request.sec-websocket-version', '13', '13 | 13']],
    ['a field less', '- Upgrade', ['request.upgrade', 'websocket', '']],
    ['a key that is none', '= Sec-WebSocket-Key: abc', ['request.sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ==', 'abc']],
    ['a parameter of the query', 'GET /chat?EIO=4 HTTP/1.1', ['request.query.EIO', '', 'EIO=4']],
    ['the version', 'GET /chat HTTP/1.0', ['request.version', 'HTTP/1.1', 'HTTP/1.0']],
    ['the method', 'POST /chat HTTP/1.1', ['request.method', 'GET', 'POST']],
  ])('%s', async (_, edit, first) => {
    expect((await differences(request(), request(edit)))[0]).toEqual(first);
  });

  it('the case of a name, and the order of the fields', async () => {
    expect(await differences(request(), request('= Upgrade: websocket', '= Host: app.example'))).toEqual([]);
    expect(await differences(request(), request('= Upgrade: websocket', '= upgrade: websocket'))).toEqual([
      ['request case', 'Upgrade', 'upgrade'],
    ]);
    expect(await differences(request('+ Accept: */*', '- Host', '+ Host: app.example'), request('+ Accept: */*'))).toEqual([
      [
        'request order',
        'upgrade, connection, sec-websocket-key, sec-websocket-version, accept, host',
        'host, upgrade, connection, sec-websocket-key, sec-websocket-version, accept',
      ],
    ]);
  });

  it('white space that nothing else tells of', async () => {
    const [[where, a, b] = []] = await differences(request(), request('= Host:  app.example'));
    expect([where, a, b]).toEqual(['request spacing', expect.stringContaining('Host: app'), expect.stringContaining('Host:  app')]);
  });

  it('a Connection that names Upgrade among others weighs little, one that does not weighs much', async () => {
    const [browser, stripped] = await Promise.all(
      ['= Connection: keep-alive, Upgrade', '= Connection: keep-alive'].map(
        async (edit) => (await compareExchanges(request(), request(edit))).differences[0]?.weight ?? 0,
      ),
    );
    expect(browser).toBeLessThan(0.3);
    expect(stripped).toBeGreaterThan(0.8);
  });

  it('a Sec-WebSocket-Accept that is right is noise, one that is wrong is none', async () => {
    const answered = (accept: string) => compared(`--- request\n--- answer\n= Sec-WebSocket-Accept: ${accept}\n--- then\nclosed\n`);
    const { differences: found } = await compareExchanges(request(), answered('AAAAAAAAAAAAAAAAAAAAAAAAAAA='));
    expect(found[0]).toMatchObject({ where: 'response.sec-websocket-accept' });
    expect(found[0]?.weight).toBeGreaterThan(0.8);
  });

  it('what was changed on the way is told of the leg on which it differs', async () => {
    const stripped = compared(
      '--- request\n--- server got\n- Upgrade\n--- answer\nHTTP/1.1 426 Upgrade Required\nServer: x\n--- then\nclosed\n',
    );
    const found = await differences(request(), stripped);
    expect(found[0]).toEqual(['server.request.upgrade', 'websocket', '']);
    expect(found.map(([where]) => where)).not.toContain('request.upgrade');
  });

  it('the Host and the Origin of each own server say no more than the target does', async () => {
    const at = (host: string) =>
      compared(`target: ws://${host}:8080/chat\n--- request\n= Host: ${host}:8080\n+ Origin: http://${host}:8080\n--- answer\n`);
    const { differences: found } = await compareExchanges(at('staging.example'), at('app.example'));
    expect(found[0]).toMatchObject({ where: 'target.host' });
    expect(found.map(({ where }) => where)).not.toContain('request.host');
    expect(found.find(({ where }) => where === 'request.origin')?.weight).toBeLessThan(0.5);
  });

  it('long values are cut around the first character that differs', async () => {
    const long = (middle: string) => request(`+ Cookie: a=${'x'.repeat(5000)}${middle}${'y'.repeat(5000)}`);
    const [[, a = '', b = ''] = []] = await differences(long('1'), long('2'));
    expect(a).toBe(`…${'x'.repeat(40)}1${'y'.repeat(119)}…`);
    expect(b).toBe(`…${'x'.repeat(40)}2${'y'.repeat(119)}…`);
  });
});

describe('an exchange that was imported', () => {
  const imported = (...lacks: readonly ImportLack[]) => ({ imported: { from: 'har' as const, creator: '', lacks } });
  const full = compared('--- request\n+ Cookie: a=1\n+ Origin: http://a.example\n--- answer\n\n--- then\nclosed\n');

  it('does not differ in what its file does not hold', async () => {
    const bare = compared(
      '--- request\n= Upgrade: websocket\n= upgrade: websocket\n+ Origin: http://a.example\n--- answer\n\n--- then\nclosed\n',
    );
    expect((await differences(full, bare)).map(([where]) => where)).toEqual(['request.cookie', 'request case']);
    const { exchange } = bare;
    const told = { ...bare, exchange: { ...exchange, ...imported('raw-heads', 'credentials') } };
    expect(await compareExchanges(full, told)).toMatchObject({ same: true, differences: [] });
  });

  it('is compared by its status where it has no head', async () => {
    const { exchange } = full;
    const headless = { ...full.exchange, heads: { clientSent: null, serverGot: null, serverSent: null, clientGot: null } };
    const refused = { ...full, exchange: { ...headless, status: 403, outcome: 'refused' as const, ...imported('heads', 'legs') } };
    expect((await differences(full, refused)).map(([where, a, b]) => [where, a, b])).toEqual([
      ['status', '101', '403'],
      ['outcome', exchange.outcome, 'refused'],
    ]);
  });
});

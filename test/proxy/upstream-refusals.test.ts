import { describe, expect, it, vi } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { freePort } from '../support/free-port.js';
import { ask, latin1 } from './support/ask.js';
import { dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { reverseTo } from './support/house.js';
import { takePeer } from './support/peer.js';
import { codes, connectHead, echo, http, talk, through, tidy } from './support/upstream-talk.js';

tidy();

vi.mock('../../src/proxy/limits.js', async (original) => {
  const { limits } = await original<typeof import('../../src/proxy/limits.js')>();
  return { limits: { ...limits, upstreamMs: 400, upstreamBodyMs: 200 } };
});

describe('an http upstream proxy', () => {
  it.each(['socks5', 'socks4a', 'absolute', 'reverse'] as const)('that refuses is told to a client that came by %s', async (way) => {
    const [server, upstream] = [
      await echo(),
      await http(() => ({ say: 'HTTP/1.1 403 No\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n<p>page', end: 'fin' })),
    ];
    const house = await through(`http://127.0.0.1:${upstream.port}`, {}, way === 'reverse' ? { reverse: reverseTo(server.port) } : {});
    if (way === 'socks5' || way === 'socks4a') {
      const bytes =
        way === 'socks5'
          ? [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, server.port >> 8, server.port & 255]
          : [4, 1, server.port >> 8, server.port & 255, 127, 0, 0, 1, 0];
      const { answer, exchange } = await ask(house, Buffer.from(bytes), false);
      expect(Buffer.from(answer, 'latin1').toString('hex')).toMatch(way === 'socks5' ? /^05000502/ : /^005b/);
      expect(exchange.upstream).toMatchObject({ outcome: 'refused', status: 403 });
      expect(codes(exchange)).toEqual(['intermediary.connect-refused']);
      return;
    }
    const { answer, exchange } = await talk(house, way, server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    expect(answer).toContain(
      `the upstream proxy http://127.0.0.1:${upstream.port} was asked for 127.0.0.1:${server.port}: it answered 403 No.`,
    );
    expect(exchange.refusal?.why).toBe('upstream-proxy');
    expect(exchange.upstream?.reply).toMatch(/<p>page$/);
    expect(diagnose(exchange).map(({ code, culprit }) => [code, culprit])).toEqual([['intermediary.connect-refused', 'Squid']]);
  });

  it.each([
    ['garbage', { say: 'SSH-2.0-x\r\n' }, 'malformed', 'intermediary.connect-malformed'],
    ['an end', { say: '', end: 'fin' }, 'closed', 'intermediary.connect-malformed'],
    ['an end inside the head', { say: 'HTTP/1.1 200 OK\r\nVi', end: 'fin' }, 'closed', 'intermediary.connect-malformed'],
    ['a reset', { say: '', end: 'reset' }, 'reset', 'intermediary.connect-malformed'],
    ['silence', { say: '' }, 'timeout', 'intermediary.connect-timeout'],
  ] as const)('that answers with %s is found out, by CONNECT and in reverse mode', async (_, reply, outcome, code) => {
    const [server, upstream] = [await echo(), await http(() => reply)];
    const house = await through(`http://127.0.0.1:${upstream.port}`, {}, { reverse: reverseTo(server.port) });
    const client = takePeer(await dial(house.port));
    const port = client.raw.localPort ?? 0;
    await client.send(latin1(connectHead(server.port)));
    if (outcome === 'malformed') await client.bytes(reply.say.length);
    else await within(client.ended(), () => 'the client is left waiting');
    const heard = client.received().toString('latin1');
    if (outcome === 'timeout') expect(heard).toMatch(/^HTTP\/1\.1 504 /);
    else expect(heard).toBe(reply.say);
    if (outcome === 'reset') expect(client.sights).toEqual(['reset']);
    client.reset();
    const [exchange] = await within(house.exchanges(port), () => 'the exchange does not end');
    expect(exchange?.upstream?.outcome).toBe(outcome);
    expect(codes(exchange as Exchange)[0]).toBe(code);
    const reversed = await talk(house, 'reverse', server.port);
    expect(reversed.answer).toMatch(outcome === 'timeout' ? /^HTTP\/1\.1 504 / : /^HTTP\/1\.1 502 /);
    expect(reversed.exchange.upstream?.outcome).toBe(outcome);
    expect(codes(reversed.exchange)).toEqual([code]);
  });

  it('that is still silent when the client breaks off is told as silent', async () => {
    const [server, upstream] = [await echo(), await http(() => ({ say: '' }))];
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const client = takePeer(await dial(house.port));
    const port = client.raw.localPort ?? 0;
    await client.send(latin1(connectHead(server.port)));
    await house.event(({ type, ...rest }) => type === 'upstream' && 'request' in rest && rest.request !== '');
    client.reset();
    const [exchange] = await within(house.exchanges(port), () => 'the exchange does not end');
    expect(exchange?.upstream).toMatchObject({ outcome: 'timeout', why: 'it had not answered when the client left' });
    expect(codes(exchange as Exchange)).toEqual(['intermediary.connect-timeout']);
  });

  it('on which nobody listens is told as such, and the URL is not blamed', async () => {
    const [server, nobody] = [await echo(), await freePort()];
    const house = await through(`http://127.0.0.1:${nobody}`, {}, { reverse: reverseTo(server.port) });
    const { answer, exchange } = await talk(house, 'reverse', server.port);
    expect(answer).toContain(`could not connect to the upstream proxy http://127.0.0.1:${nobody}: connect ECONNREFUSED`);
    expect(exchange.dialFailure?.code).toBe('ECONNREFUSED');
    expect(codes(exchange)).toEqual(['intermediary.connect-timeout']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Bypass } from '../../../src/launch/run/bypass-watch.js';
import { agentLines, bypassLines, exchangeLines, nothingCameLines } from '../../../src/views/lines/run-summary.js';
import { failed, healthy, refused } from '../fake-control.js';

const bypass = (program: string, remote: string, connections = 1): Bypass => {
  const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(remote) ?? [];
  return { pid: 12, program, remote: { address, port: Number(port) }, connections };
};

describe('what is said of connections that went past', () => {
  it('names process and place, the usual reason, and the command of reverse mode', () => {
    expect(bypassLines([bypass('python3', '127.0.0.1:3000', 2)], [], ['python3', 'my app.py'])).toEqual([
      '2 connections went past shakedown:',
      '  python3 (pid 12) to 127.0.0.1:3000, 2 times',
      '  Why, usually: in Python: a library that does not read proxy variables (websockets before 15, raw sockets), or only when told to (aiohttp: trust_env=True).',
      "  To see such a connection, put ws://127.0.0.1:8101 in place of the app's URL, and start (wss where the server speaks TLS):",
      "  shakedown run --port 8101 --reverse ws://127.0.0.1:3000 -- python3 'my app.py'",
    ]);
  });

  it('takes wss for the port of TLS, and brackets for IPv6', () => {
    expect(bypassLines([bypass('app', '2001:db8::1:443')], [], ['./app']).at(-1)).toBe(
      '  shakedown run --port 8101 --reverse wss://[2001:db8::1]:443 -- ./app',
    );
  });

  it('knows the agent that Node was given', () => {
    const agent = { pid: 12, agent: 'ProxyAgent', to: { address: 'localhost', port: 3000 } };
    expect(bypassLines([bypass('node', '127.0.0.1:3000')], [agent], ['node'])[2]).toContain('an agent of its own (ProxyAgent)');
    expect(agentLines([agent, agent])).toEqual([
      'the app gave its client an agent of its own for localhost:3000 (ProxyAgent, pid 12): it was left alone',
    ]);
  });

  it('says nothing where nothing went past', () => {
    expect(bypassLines([], [], ['x'])).toEqual([]);
  });

  it('stays short, and passes nothing on that a terminal obeys', () => {
    const many = Array.from({ length: 90 }, (_, index) => bypass('a\x1b[31m', `10.0.0.1:${index + 1}`));
    const lines = bypassLines(many, [], ['\x1b]0;x\x07', 'y'.repeat(5000)]);
    expect(lines.length).toBeLessThan(30);
    for (const line of lines) {
      expect(line).not.toMatch(/[\x00-\x1f\x7f]/);
      expect(line.length).toBeLessThan(500);
    }
  });
});

describe('what is said when nothing came', () => {
  it('tells the usual reasons, and claims to have watched only where it could', () => {
    expect(nothingCameLines(['./app'], true)[0]).toBe(
      'nothing came through the proxy, and no connection was seen to go past it. Usually that is because',
    );
    expect(nothingCameLines(['./app'], false)[0]).toBe('nothing came through the proxy. Usually that is because');
    expect(nothingCameLines(['./app'], true).at(-1)).toBe('  shakedown run --port 8101 --reverse ws://HOST:PORT -- ./app');
  });
});

describe('the exchanges of the closing summary', () => {
  it('are told as their last live line told them', () => {
    const lines = exchangeLines([refused(), failed(), healthy()], { colour: false });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/ refused {2}403 wss?:.* · origin\.rejected: /);
    expect(lines[1]).toMatch(/ refused {2}502 by shakedown: /);
  });

  it('are at most twenty', () => {
    const lines = exchangeLines(
      Array.from({ length: 50 }, () => refused()),
      { colour: false },
    );
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('and 30 more: shakedown inspect shows them all');
  });
});

import { describe, expect, it } from 'vitest';
import { clientSetups } from '../../src/authority/client-setup.js';

const facts = { proxy: 'http://127.0.0.1:8101', caPath: '/data/ca.pem', leafSpkiPin: 'pin=' };

describe('the table of clients', () => {
  it('has for each its own name, two sentences and something to copy', () => {
    const rows = clientSetups(facts);
    expect(new Set(rows.map(({ client }) => client)).size).toBe(rows.length);
    for (const { client, point, trust, example } of rows) {
      expect(point, client).toMatch(/\.$/);
      expect(trust, client).toMatch(/\.$/);
      expect(example.join('\n'), client).toMatch(/\/data\/ca\.pem|pin=|ca export/);
    }
  });

  it('names the port to those that want it apart, also of an IPv6 address', () => {
    const lines = clientSetups({ ...facts, proxy: 'http://[::1]:9000' }).flatMap(({ example }) => example);
    expect(lines.join('\n')).toContain('http_proxy_host="::1", http_proxy_port=9000');
    expect(lines.join('\n')).toContain('new InetSocketAddress("::1", 9000)');
  });

  it('quotes a path with spaces and quotes for the shell', () => {
    const node = clientSetups({ ...facts, caPath: "/Users/o'me/Application Support/ca.pem" }).find(({ client }) => client === 'Node, ws');
    expect(node?.example[1]).toBe("NODE_EXTRA_CA_CERTS='/Users/o'\\''me/Application Support/ca.pem' node app.js");
  });

  it('leaves out what is not known', () => {
    const text = JSON.stringify(clientSetups({ ...facts, caPath: null, leafSpkiPin: null }));
    expect(text).not.toMatch(/null|undefined|spki/);
  });
});

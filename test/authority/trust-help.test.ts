import { describe, expect, it } from 'vitest';
import { trustHelp } from '../../src/authority/trust-help.js';

describe('the help on trust', () => {
  it('has for every kind of client a sentence and something to copy, with the path or the pin in it', () => {
    for (const help of trustHelp({ caPath: '/data/ca.pem', leafSpkiPin: 'pin=' })) {
      expect(help.text, help.for).toMatch(/^[A-Z].*\.$/);
      expect(help.example, help.for).toMatch(/\/data\/ca\.pem|pin=/);
    }
  });

  it('quotes a path with spaces and quotes for the shell', () => {
    const [node] = trustHelp({ caPath: "/Users/o'me/Application Support/ca.pem", leafSpkiPin: 'pin=' });
    expect(node?.example).toBe("NODE_EXTRA_CA_CERTS='/Users/o'\\''me/Application Support/ca.pem' node app.js");
  });
});

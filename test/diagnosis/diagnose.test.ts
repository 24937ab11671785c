import { describe, expect, it } from 'vitest';
import { rules } from '../../src/diagnosis/catalogue.js';
import { diagnose, examine } from '../../src/diagnosis/diagnose.js';
import { explainedBy } from '../../src/diagnosis/look-alikes.js';
import type { ExchangeRule } from '../../src/diagnosis/rule.js';
import { faults } from '../../src/faults/catalogue.js';
import { exchangeFrom } from '../support/exchange.js';

const refused = exchangeFrom(
  '--- request\n+ Origin: https://evil.example\n--- answer\nHTTP/1.1 403 Forbidden\nServer: nginx/1.22.1\nContent-Length: 0\n',
);
const byCode = (code: string): ExchangeRule => {
  const rule = rules.find((one) => one.code === code);
  if (!rule || rule.of === 'url' || rule.of === 'client') throw new Error(`no rule ${code}`);
  return rule;
};

describe('diagnose', () => {
  it('goes on when a rule throws, and counts it', () => {
    const broken: ExchangeRule = {
      ...byCode('url.dns'),
      code: 'url.broken',
      examine: () => {
        throw new Error('a bug');
      },
    };
    const { findings, failures } = examine(refused, [broken, byCode('server.forbidden')]);
    expect(findings.map(({ code }) => code)).toEqual(['server.forbidden']);
    expect(failures).toEqual([{ code: 'url.broken', message: 'a bug' }]);
  });

  it('names who answered, shows how it knows, and puts the fixes for that product first', () => {
    const gateway = exchangeFrom('--- request\n--- answer\nHTTP/1.1 502 Bad Gateway\nServer: nginx/1.22.1\nContent-Length: 0\n');
    const [finding] = diagnose(gateway);
    expect(finding?.culprit).toBe('nginx/1.22.1');
    expect(finding?.evidence).toContainEqual({ leg: 'server', what: 'response-head', text: 'Server: nginx/1.22.1', offset: 26 });
    expect(finding?.fix[0]?.for).toBe('nginx');
  });

  it('puts our own fault first, says so, and tells how to end it', () => {
    const faulty = exchangeFrom(
      '--- request\n--- server got by drop-upgrade\n- Upgrade\n- Connection\n--- answer\nHTTP/1.1 404 Not Found\nServer: nginx\nContent-Length: 0\n',
    );
    const [finding] = diagnose(faulty);
    expect(finding?.code).toBe('intermediary.upgrade-stripped');
    expect(finding?.culprit).toBe("shakedown's fault drop-upgrade");
    expect(finding?.evidence.at(-1)).toEqual({
      leg: 'server',
      what: 'fault',
      text: "shakedown's fault drop-upgrade at stage request: Upgrade: websocket -> (nothing)",
    });
    expect(finding?.fix[0]?.for).toBe('shakedown');
    expect(finding?.fix[0]?.text).toContain('drop-upgrade');
  });

  it('does not blame a fault for what it did not touch', () => {
    const innocent = exchangeFrom(
      '--- request\n+ Origin: http://app.example\n--- server got by wrong-origin {"mode":"drop"}\n- Origin\n--- answer\n= Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\n',
    );
    const [finding] = diagnose(innocent);
    expect(finding?.code).toBe('server.accept-mismatch');
    expect(finding?.culprit).toBeNull();
  });

  it('says only what is certain while nothing is decided', () => {
    const pending = exchangeFrom('--- request\n--- server got\n- Upgrade\n');
    expect(pending.outcome).toBe('pending');
    expect(diagnose(pending).every(({ confidence }) => confidence >= 0.9)).toBe(true);
    expect(diagnose(pending)[0]?.code).toBe('intermediary.upgrade-stripped');
  });

  it('orders by severity, then by confidence', () => {
    const { findings } = examine(refused);
    const rank = { error: 0, warning: 1, info: 2 };
    const keys = findings.map(({ severity, confidence }) => rank[severity] - confidence);
    expect(keys).toEqual([...keys].sort((one, other) => one - other));
  });
});

describe('the catalogue', () => {
  it('has each code once, in the form family.name', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^(url|origin|intermediary|certificate|tls|server|frame|client)\.[a-z0-9-]+$/.test(code))).toEqual([]);
  });

  it('tells of every rule its question, its remedy and a title that is a sentence', () => {
    for (const { code, question, remedy, title } of rules) {
      expect(question, code).toMatch(/^[A-Z].*\?$/);
      expect(remedy, code).toMatch(/^[A-Z0-9].*[.)]$/);
      expect(title, code).toMatch(/^[A-Z]/);
    }
  });

  it('knows every code that a fault expects', () => {
    const codes = rules.map(({ code }) => code);
    expect(faults.flatMap(({ expects }) => expects).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('ranks only codes that exist', () => {
    const codes = rules.map(({ code }) => code);
    const known = (pattern: string) =>
      pattern.endsWith('*') ? codes.some((code) => code.startsWith(pattern.slice(0, -1))) : codes.includes(pattern);
    const named = Object.entries(explainedBy).flatMap(([code, others]) => [code, ...others]);
    expect(named.filter((pattern) => !known(pattern))).toEqual([]);
  });
});

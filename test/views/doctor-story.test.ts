import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/control/doctor-report.js';
import type { Step } from '../../src/probe/steps.js';
import { pathLine } from '../../src/views/doctor-path.js';
import { createDoctorProgress, progressLine } from '../../src/views/doctor-progress.js';
import { doctorStory } from '../../src/views/doctor-story.js';
import { ansi } from '../../src/views/lines/ansi.js';
import { lineText } from '../../src/views/paint.js';
import { displayWidth } from '../../src/wire/visible.js';
import { rejected } from './fake-control.js';
import { hostileText, obeyed } from './hostile.js';

const dns: Step = { step: 'dns', ms: 1.23, ok: true, about: 'app.example: 192.0.2.1', addresses: ['192.0.2.1', '2001:db8::1'] };
const tcp: Step = { step: 'tcp', ms: 0.4, ok: true, about: '192.0.2.1 port 443' };
const tls: Step = {
  step: 'tls',
  ms: 12,
  ok: true,
  about: 'TLSv1.3, TLS_AES_128_GCM_SHA256',
  tls: {
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    alpn: 'http/1.1',
    chain: [
      { subject: 'CN=app.example', issuer: 'CN=Some CA', notAfter: '2027-01-01T00:00:00.000Z', daysLeft: 31, names: ['app.example'] },
    ],
  },
};
const upgrade: Step = {
  ...{ step: 'upgrade', ms: 4, ok: true, about: '101 Switching Protocols' },
  protocol: 'chat',
  extensions: ['permessage-deflate'],
};
const rest: readonly Step[] = [
  { step: 'ping', ms: 0.7, ok: true, about: 'answered' },
  { step: 'hold', ms: 1500, ok: true, about: 'it stayed open' },
  { step: 'close', ms: 0.5, ok: true, about: 'Close 1000' },
];
const healthy: DoctorReport = {
  url: 'wss://app.example/chat',
  ok: true,
  status: 101,
  findings: [],
  steps: [dns, tcp, tls, upgrade, ...rest],
  trials: [],
  clients: [],
  asked: { origin: null, protocols: [], proxy: null, holdMs: 1500 },
  ms: 1600,
};
const refused: DoctorReport = {
  ...healthy,
  ok: false,
  status: 403,
  findings: [{ ...rejected, ruledOut: [{ code: 'server.forbidden', because: 'without an Origin the same request opens' }] }],
  steps: [dns, tcp, tls, { step: 'upgrade', ms: 4, ok: false, about: '403 Forbidden' }],
  trials: [
    { change: 'no-origin', title: 'without an Origin', opened: true, status: 101, outcome: 'it opens', ms: 21 },
    { change: 'path', title: 'at the path /ws', opened: false, status: 404, outcome: 'answered 404 Not Found', ms: 9 },
  ],
  asked: { ...healthy.asked, origin: 'https://evil.example', protocols: ['chat', 'superchat'] },
};
const textOf = (report: DoctorReport, width = 80): string =>
  doctorStory(report, width)
    .map((line) => ansi(line, false))
    .join('\n');
const path = (report: DoctorReport, width = 80): string => lineText(pathLine(report, width));

describe('the story of doctor', () => {
  it('of a healthy WebSocket says so, with the facts', () => {
    expect(textOf(healthy)).toBe(`Asked: wss://app.example/chat without an Origin
OK: a WebSocket opened and stayed healthy for 1.5 s.

app > DNS 1.2 ms > TCP 0.4 ms > TLS 12 ms > upgrade 4 ms > 101 > frames 1.5 s

Facts:
  addresses    192.0.2.1, 2001:db8::1
  TLS          TLS 1.3, TLS_AES_128_GCM_SHA256, ALPN http/1.1
  certificate  CN=app.example, 31 days left, good for app.example
  issued by    CN=Some CA
  answer       101 Switching Protocols after 4 ms
  subprotocol  chat
  extensions   permessage-deflate
  ping         answered after 0.7 ms
  watched      1.5 s: it stayed open
  close        Close 1000 after 0.5 ms`);
  });

  it('of a refusal goes from what was asked to the fix', () => {
    expect(textOf(refused)).toBe(`Asked: wss://app.example/chat with the Origin https://evil.example, offering
chat, superchat
FAILED: no WebSocket opened.

app > DNS 1.2ms > TCP 0.4ms > TLS 12ms > [BROKEN: upgrade 4ms] - 101 - frames

Experiments, each with one change:
  + without an Origin: it opens (21 ms)
  - at the path /ws: answered 404 Not Found (9 ms)

cause  The server refused the handshake because of its Origin
       http://app.example.
       origin.rejected (cause: origin), proven (95 % sure)
by     nginx/1.22.1
proof  server leg, response head at byte 0:
         HTTP/1.1 403 Forbidden
       client leg, request head:
         Origin: http://app.example
not    server.forbidden: without an Origin the same request opens
fix    ws (Node): Allow this Origin in verifyClient.
       │ const allowed = ['http://app.example'];
       │   verifyClient: ({ origin }) => allowed.includes(origin)
more   shakedown findings origin.rejected`);
  });

  it('tells of what opened and failed whether it stayed open', () => {
    const told = (ok: boolean) => textOf({ ...refused, status: 101, steps: [upgrade, { step: 'hold', ms: 90, ok, about: '' }] });
    expect(told(true)).toContain('it opened and stayed open, but not soundly.');
    expect(told(false)).toContain('it opened, but did not stay open.');
  });

  it('shows warnings beside a result that is good, and says how many in the first lines', () => {
    const text = textOf({
      ...healthy,
      findings: [{ ...rejected, code: 'url.fragment', severity: 'warning', title: 'The URL has a fragment.' }],
    });
    expect(text).toContain('stayed healthy for 1.5 s. Beside it stands a warning.');
    expect(text).toContain('Warnings and notes:\n  warning url.fragment: The URL has a fragment.');
    expect(text).not.toContain('cause  ');
  });

  it('says of a URL that nobody can use that nothing was tried', () => {
    const text = textOf({ ...refused, steps: [], trials: [], status: 0 });
    expect(text).toContain('FAILED: nothing was tried, because no client can use this URL.');
    expect(text).not.toContain('app >');
  });

  it('shows at most two fixes, and a long configuration only in part', () => {
    const fix = (n: number) => ({
      for: `product ${n}`,
      text: 'Do it.',
      config: Array.from({ length: 30 }, (_, at) => `line ${at};`).join('\n'),
    });
    const text = textOf({ ...refused, findings: [{ ...rejected, fix: [1, 2, 3].map(fix) }] });
    expect(text.match(/product \d/g)).toEqual(['product 1', 'product 2']);
    expect(text).toContain('line 13;');
    expect(text).not.toContain('line 14;');
  });

  it('colours nothing that words do not say as well', () => {
    const coloured = doctorStory(refused, 80)
      .map((line) => ansi(line, true))
      .join('\n');
    expect(coloured).toContain('\x1b[');
    expect(coloured.replace(/\x1b\[[\d;]*m/g, '')).toBe(textOf(refused));
  });
});

describe('the drawn path', () => {
  it.each<readonly [string, Partial<DoctorReport>, string]>([
    [
      'a name that does not resolve',
      { steps: [{ step: 'dns', ms: 3, ok: false, about: 'x: ENOTFOUND' }] },
      'app > [BROKEN: DNS 3 ms] - TCP - TLS - upgrade - 101 - frames',
    ],
    [
      'a refused port of an address',
      {
        url: 'ws://192.0.2.1/',
        steps: [
          { step: 'dns', ms: 0.1, ok: true, about: '192.0.2.1', addresses: ['192.0.2.1'] },
          { step: 'tcp', ms: 3, ok: false, about: '192.0.2.1 (ECONNREFUSED)' },
        ],
      },
      'app > [BROKEN: TCP 3 ms] - upgrade - 101 - frames',
    ],
    [
      'a certificate that was refused',
      { steps: [dns, tcp, { ...tls, ok: false }] },
      'app > DNS 1.2 ms > TCP 0.4 ms > [BROKEN: TLS 12 ms] - upgrade - 101 - frames',
    ],
    [
      'a certificate that was taken anyway',
      {
        ok: true,
        status: 101,
        steps: [tcp, { step: 'proxy', ms: 2, ok: true, about: '200' }, { ...tls, ok: false }, upgrade, ...rest],
        asked: { ...healthy.asked, proxy: 'http://proxy:3128' },
      },
      'app > proxy 2.4 ms > TLS 12 ms (not trusted) > upgrade 4 ms > 101 > frames 1.5 s',
    ],
    [
      'a proxy that refuses',
      {
        steps: [dns, tcp, { step: 'proxy', ms: 5, ok: false, about: 'it answered 403' }],
        asked: { ...healthy.asked, proxy: 'http://proxy:3128' },
      },
      'app > [BROKEN: proxy 6.6 ms] - TLS - upgrade - 101 - frames',
    ],
    [
      'a WebSocket that was ended early',
      {
        url: 'ws://app.example/',
        status: 101,
        findings: [{ ...rejected, code: 'server.close-policy', evidence: [{ leg: 'server', what: 'frames', text: 'Close 1008' }] }],
        steps: [tcp, upgrade, { step: 'hold', ms: 90, ok: false, about: 'it was ended' }],
      },
      'app > TCP 0.4 ms > upgrade 4 ms > 101 > [BROKEN: frames 90 ms]',
    ],
    [
      'a 101 that is wrong',
      { url: 'ws://app.example/', status: 101, steps: [dns, tcp, upgrade, ...rest] },
      'app > DNS 1.2 ms > TCP 0.4 ms > upgrade 4 ms > [BROKEN: 101] - frames',
    ],
  ])('of %s', (_, changed, drawn) => {
    expect(path({ ...refused, ...changed })).toBe(drawn);
  });

  it('leaves out times before it breaks over the edge', () => {
    for (let width = 60; width <= 120; width += 1) {
      const text = path(refused, width);
      expect(text).toContain('[BROKEN: upgrade');
      expect(text.length).toBeLessThanOrEqual(width);
    }
  });
});

describe('whatever a server sends', () => {
  const report = fc
    .record({ url: hostileText, title: hostileText, proof: hostileText, culprit: hostileText, about: hostileText, because: hostileText })
    .map(
      ({ url, title, proof, culprit, about, because }): DoctorReport => ({
        ...refused,
        url: `ws://${url}`,
        asked: { origin: url, protocols: [title], proxy: about, holdMs: 10 },
        findings: [
          {
            ...rejected,
            title,
            culprit,
            evidence: [{ leg: 'server', what: 'response-head', text: proof }],
            ruledOut: [{ code: 'server.reset', because }],
            fix: [{ for: 'x', text: because, config: proof }],
          },
          { ...rejected, severity: 'warning', title: about },
        ],
        steps: [
          { ...dns, about, addresses: [proof] },
          tcp,
          {
            ...tls,
            about,
            tls: {
              version: null,
              cipher: null,
              alpn: title,
              chain: [{ subject: title, issuer: proof, notAfter: '', daysLeft: -2, names: [about] }],
            },
          },
          { ...upgrade, about, protocol: proof, extensions: [title] },
        ],
        trials: [{ change: 'path', title, opened: false, status: 404, outcome: about, ms: 1 }],
      }),
    );

  it('the terminal gets nothing that it would obey, and no line but one of configuration is wider than asked', () => {
    fc.assert(
      fc.property(report, fc.integer({ min: 60, max: 100 }), (hostile, width) => {
        for (const line of doctorStory(hostile, width)) {
          const text = lineText(line);
          expect(text).not.toMatch(obeyed);
          if (!text.includes('│')) expect(displayWidth(text)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('the line of progress gets nothing that it would obey, and stays one line', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 20, max: 100 }), (title, columns) => {
        const progress = createDoctorProgress();
        progress.take({ type: 'began', title });
        const line = progressLine(progress.text(1234), columns);
        expect(line).not.toMatch(obeyed);
        expect(displayWidth(line)).toBeLessThan(columns);
      }),
    );
  });
});

it('the line of progress names the attempt, its stage and the seconds', () => {
  const progress = createDoctorProgress();
  progress.take({ type: 'began', title: null });
  progress.take({ type: 'stage', stage: 'tls' });
  expect(progress.text(1234)).toBe('first attempt: TLS handshake, 1.2 s');
  progress.take({ type: 'ended', title: null, outcome: 'no answer' });
  progress.take({ type: 'began', title: 'without an Origin' });
  expect(progress.text(2000)).toBe('experiment 1, without an Origin, 2.0 s');
});

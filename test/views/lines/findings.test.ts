import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingBlock } from '../../../src/views/finding-block.js';
import { findingsText } from '../../../src/views/lines/findings.js';
import { lineText } from '../../../src/views/paint.js';
import { displayWidth } from '../../../src/wire/visible.js';
import { rejected } from '../fake-control.js';
import { hostileText, obeyed } from '../hostile.js';

test('a finding is a block: verdict, title, proof with its leg, culprit, fix with its configuration', () => {
  expect(findingsText([rejected], { colour: false, width: 80 })).toBe(`error  origin.rejected  cause: origin, 95 % sure
The server refused the handshake because of its Origin http://app.example.
proof  server leg, response head at byte 0:
         HTTP/1.1 403 Forbidden
       client leg, request head:
         Origin: http://app.example
by     nginx/1.22.1
fix    ws (Node): Allow this Origin in verifyClient.
       │ const allowed = ['http://app.example'];
       │   verifyClient: ({ origin }) => allowed.includes(origin)
see    RFC 6455 section 4.2.2`);
});

test('configuration is whole to be copied, and folded on a screen', () => {
  const config = 'proxy_set_header Upgrade $http_upgrade;\n\tproxy_set_header Connection $connection_upgrade;';
  const finding = { ...rejected, fix: [{ for: 'nginx', text: 'Pass it on.', config }] };
  const textOf = (folded: boolean) => findingBlock(finding, 40, { folded }).map((line) => lineText(line).trimEnd());
  expect(textOf(false).slice(-3, -1)).toEqual([
    '       │ proxy_set_header Upgrade $http_upgrade;',
    '       │   proxy_set_header Connection $connection_upgrade;',
  ]);
  expect(textOf(true).slice(-5, -1)).toEqual([
    '       │ proxy_set_header Upgrade',
    '       ┊   $http_upgrade;',
    '       │   proxy_set_header Connection',
    '       ┊   $connection_upgrade;',
  ]);
});

test('two findings are a blank line apart', () => {
  expect(findingsText([rejected, rejected], { colour: false, width: 80 }).split('\n\n')).toHaveLength(2);
});

test('colour is there only when asked for', () => {
  expect(findingsText([rejected], { colour: true, width: 80 })).toContain('\x1b[31m');
});

test('no captured character reaches the terminal, and prose stays within the width', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const finding = {
        ...rejected,
        title: text,
        culprit: text,
        evidence: [{ leg: 'server', what: 'body', text } as const],
        fix: [{ for: 'nginx', text }],
      };
      const lines = findingsText([finding], { colour: false, width: 60 }).split('\n');
      for (const line of lines) {
        expect(line).not.toMatch(obeyed);
        expect(displayWidth(line)).toBeLessThanOrEqual(60);
      }
    }),
  );
});

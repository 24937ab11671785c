import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import { findFault } from '../../../src/faults/find.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { drawOf, target } from '../sample.js';

const sent = (...fields: string[]) => ['GET /ws HTTP/1.1', 'Host: a', ...fields, 'Sec-WebSocket-Key: k', '', ''].join('\r\n');
const dropped = (raw: string, connection: string) =>
  applyFaults('request', parseHead(raw, 'request'), { draws: [drawOf(findFault('drop-upgrade'), { connection })], target }).output?.raw;

describe('drop-upgrade', () => {
  it.each([
    ['drop-token', sent('Upgrade: websocket', 'Connection: Upgrade'), sent()],
    ['drop-token', sent('Connection: keep-alive, Upgrade', 'upgrade: websocket'), sent('Connection: keep-alive')],
    ['drop', sent('Connection: keep-alive, Upgrade', 'Upgrade: websocket'), sent()],
    ['keep', sent('Connection: Upgrade', 'Upgrade: websocket'), sent('Connection: Upgrade')],
    ['drop-token', sent('Upgrade: h2c', 'X: 1', 'Upgrade: websocket'), sent('X: 1')],
  ])('with connection=%s turns %j into %j', (connection, before, after) => {
    expect(dropped(before, connection)).toBe(after);
  });

  it('leaves a request without Upgrade alone', () => {
    expect(dropped(sent('Connection: Upgrade'), 'drop')).toBeUndefined();
  });
});

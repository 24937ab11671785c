import { culpritOf } from '../../../src/diagnosis/culprits.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { applyFaults } from '../../../src/faults/apply.js';
import type { Delivery } from '../../../src/faults/changes.js';
import { findFault } from '../../../src/faults/find.js';
import { startFold } from '../../../src/fold/fold.js';
import type { EventBody } from '../../../src/model/event.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import type { Target } from '../../../src/model/target.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { drawOf, target } from '../sample.js';

export const answer = parseHead(
  'HTTP/1.1 101 Switching Protocols\r\nDate: Mon, 23 Nov 2026 05:02:28 GMT\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  'response',
);
/** A page of the very host that it speaks to. */
export const handshake =
  'GET /ws HTTP/1.1\r\nHost: chat.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://chat.example\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const secured = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  alpn: null,
  sni: target.host,
  chain: [],
  authorized: true,
  error: null,
};
export const plain: Target = { ...target, scheme: 'ws', port: 80 };
/** These mind plain handshakes only. */
export const plainOnly = ['redirect-https', 'tls-port-answer'];
export const foreignPage = handshake.replace('https://chat.example', 'https://staging.example');

export interface Made {
  readonly output: Delivery | undefined;
  readonly failed: readonly unknown[];
  readonly codes: readonly string[];
  readonly culprit: string | null | undefined;
  readonly imitated: string | undefined;
}

/** What a fault makes of a good 101, and what is found when a client has lived through it. */
export const make = (
  id: string,
  params: ParamValues = {},
  { at = target, request = handshake }: { at?: Target; request?: string } = {},
): Made => {
  const setting = { draws: [drawOf(findFault(id), params)], target: at, request: parseHead(request, 'request') };
  const { output, applied, failed } = applyFaults('response', answer, setting);
  const fold = startFold('1');
  let second = 0;
  const tell = (event: EventBody): void => fold.apply({ at: new Date(second++ * 50).toISOString(), exchange: '1', ...event });
  tell({ type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 1 }, entrance: 'connect' });
  tell({ type: 'target', target: at, kind: 'websocket' });
  tell({ type: 'dial', host: at.host, port: at.port });
  if (at.scheme === 'wss') tell({ type: 'tls', leg: 'server', tls: secured });
  tell({ type: 'head', site: 'clientSent', raw: request });
  tell({ type: 'head', site: 'serverGot', sameAs: 'clientSent' });
  tell({ type: 'head', site: 'serverSent', raw: answer.raw });
  for (const { record } of applied) tell({ type: 'fault', fault: record });
  if (output) {
    const { raw, ahead = '', body = '' } = output;
    if (ahead + raw !== '') tell({ type: 'head', site: 'clientGot', raw: ahead + raw });
    if (body !== '') tell({ type: 'given', from: 'server', data: Buffer.from(body, 'latin1').toString('base64') });
    tell({ type: 'end', leg: 'server', how: 'reset', by: 'shakedown', code: '' });
    if (output.end === 'fin' || output.end === 'reset') tell({ type: 'end', leg: 'client', how: output.end, by: 'shakedown', code: '' });
  }
  tell({ type: 'closed', client: { in: 1, out: 1 }, server: { in: 1, out: 1 } });
  const findings = diagnose(fold.exchange);
  return {
    output,
    failed,
    codes: findings.map(({ code }) => code),
    culprit: findings[0]?.culprit,
    imitated: output && culpritOf(parseHead(output.raw, 'response'), output.body ?? '')?.name,
  };
};

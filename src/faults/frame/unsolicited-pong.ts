import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, type WireFrame } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'unsolicited-pong',
  stage: 'frame',
  leg: 'both',
  title: 'A Pong comes that nobody asked for',
  about: 'Pongs without a Ping are put between two messages. That is allowed, as a heartbeat in one direction (RFC 6455 section 5.5.3).',
  imitates: 'Internet Explorer and other clients that send Pongs to keep a connection open.',
  params: {
    from: fromParam(),
    pongs: { type: 'number', default: 1, min: 1, max: 10_000, whole: true, about: 'How many Pongs.' },
    payload: { type: 'string', default: 'heartbeat', anyText: true, about: 'What they carry, UTF-8, cut after 125 bytes.' },
    ...insertionParams,
  },
  example: 'unsolicited-pong',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10', sees: 'Nothing: the Pong is ignored.' }],
  rows: ['frame.unsolicited-pong'],
  apply: (start, { from, pongs, payload: text, ...where }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const payload = Buffer.from(text).subarray(0, 125);
    const one = (): FlowStep<WireFrame> => ({ type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes.pong, payload }) });
    return insertion(start, where, { make: () => Array.from({ length: pongs }, one) });
  },
});

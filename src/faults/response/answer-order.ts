import { withOrder } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { orderParam, sortedBy } from '../field-order.js';

export const fault = defineFault({
  id: 'answer-order',
  stage: 'response',
  leg: 'client',
  title: 'The fields of the answer come in another order',
  about:
    'Puts the fields of the answer into another order; lines of one name keep theirs. The order of different fields has no meaning (RFC 9110 section 5.3), so a client that minds has a bug.',
  imitates: 'Another server, a proxy that keeps fields in a map.',
  params: { order: orderParam },
  example: 'answer-order:order=reverse',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open.' }],
  apply: ({ raw }, { order }, { random }) => ({ raw: withOrder(raw, sortedBy(order, random)) }),
});

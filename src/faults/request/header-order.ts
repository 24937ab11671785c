import { withOrder } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { orderParam, sortedBy } from '../field-order.js';

export const fault = defineFault({
  id: 'header-order',
  stage: 'request',
  leg: 'server',
  title: 'The fields of the request come in another order',
  about:
    'Puts the request fields into another order; lines of one name keep theirs. The order of different fields has no meaning (RFC 9110 section 5.3). Filters against bots look at it all the same.',
  imitates:
    'A proxy that keeps fields in a map, a client library behind another one; to a bot filter: a client that is not the browser that it claims to be.',
  params: { order: orderParam },
  example: 'header-order:order=reverse',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless something on the way takes the order for a fingerprint, and answers 403.' }],
  apply: ({ raw }, { order }, { random }) => ({ raw: withOrder(raw, sortedBy(order, random)) }),
});

import { startFold } from '../../src/fold/fold.js';
import type { Exchange } from '../../src/model/exchange.js';

/** An exchange of which nothing is known yet. */
export const emptyExchange: Exchange = startFold('1').exchange;

import type { Exchange } from '../model/exchange.js';
import type { ImportLack } from '../model/imported.js';
import type { Difference } from './contrast.js';

type Test = (difference: Difference) => boolean;

const at =
  (where: RegExp): Test =>
  (difference) =>
    where.test(difference.where);
const rawKinds = new Set<Difference['kind']>(['case', 'order', 'spacing', 'syntax', 'http-version', 'duplicate']);
const ofHeads = at(/^(?:\w+\.)?(?:request|response)\b|^subprotocol$|^extensions$/);

/** What an imported exchange cannot tell of: there, nothing is no fact. */
const untold: Partial<Readonly<Record<ImportLack, Test>>> = {
  heads: ofHeads,
  'request-head': at(/^(?:\w+\.)?request\b/),
  'response-head': at(/^(?:\w+\.)?response\b|^subprotocol$|^extensions$/),
  'raw-heads': ({ kind }) => rawKinds.has(kind),
  legs: at(/^(?:entrance|upstream|client\.|server\.(?!tls|certificate))/),
  target: at(/^target/),
  credentials: at(/request\.(?:cookie|authorization)$/),
  messages: at(/^message/),
  frames: at(/\.frames$/),
  close: at(/^close\./),
  end: at(/\.end$/),
  tls: at(/^\w+\.(?:tls|hello|certificate|client-certificate)/),
};

/** Whether a difference is one, and not only what an import does not hold of one of the two. */
export const isTold =
  (pair: readonly [a: Exchange, b: Exchange]): Test =>
  (difference) =>
    !pair.some(
      (exchange) =>
        exchange.imported?.lacks.some((lack) => untold[lack]?.(difference)) ||
        // It closed with that code; who said so is not known.
        (exchange.imported?.close && untold.close?.(difference)),
    );

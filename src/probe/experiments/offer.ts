import { didOpen, openFor, statusOf } from '../../diagnosis/trials/trial.js';
import { withoutCredentials } from '../ask.js';
import { type Experiment, type Known, lacksAnswer, suspects } from './experiment.js';

/** What servers say to an offer that they do not like. Of 401 and 404 it was never seen. */
const refusals = new Set([400, 403, 406, 426, 500, 501, 502, 503]);

const isRefused = (known: Known): boolean => !didOpen(known.first) && (refusals.has(statusOf(known.first)) || lacksAnswer(known));

/**
 * A close code, or a reason, that speaks of the subprotocol: graphql-ws says 4406. subscriptions-transport-ws says 1002 and no more: where a client has
 * said nothing yet but its handshake, there is no other word of it that could offend.
 */
const closedForProtocol = ({ first, holdMs }: Known): boolean => {
  const { close } = first.frames.fromServer;
  if (close === null || openFor(first) >= holdMs) return false;
  return close.code === 4406 || close.code === 1002 || /sub-?protocol/i.test(close.reason);
};

/** A trial behind a Close lasts long enough to be closed in the same way, milliseconds. */
const holdFor = (known: Known): { readonly hold?: number } =>
  closedForProtocol(known) ? { hold: Math.min(mostHoldMs, Math.round(2 * openFor(known.first) + 150)) } : {};
const mostHoldMs = 1000;

/** The plainest handshake that RFC 6455 knows. */
export const noExtensions: Experiment = {
  id: 'no-extensions',
  variants: (known) => {
    const { ask } = known;
    const due = isRefused(known) || suspects(known, 'server.extension-*', 'frame.rsv', 'frame.compression');
    return ask.extensions !== null && due ? [{ title: 'without extensions', ask: { ...ask, extensions: null } }] : [];
  },
};

export const noProtocol: Experiment = {
  id: 'no-protocol',
  variants: (known) => {
    const { ask } = known;
    const due = isRefused(known) || closedForProtocol(known) || suspects(known, 'server.subprotocol-*');
    return ask.protocols.length > 0 && due ? [{ title: 'without a subprotocol', ask: { ...ask, protocols: [] }, ...holdFor(known) }] : [];
  },
};

/** Of subscriptions-transport-ws. */
const graphql = 'graphql-ws';

/** Names of the IANA registry and of libraries that insist on theirs. */
const usual = ['graphql-transport-ws', graphql, 'mqtt', 'ocpp1.6', 'wamp.2.json', 'v12.stomp', 'actioncable-v1-json', 'sip', 'xmpp'];

export const usualProtocols: Experiment = {
  id: 'usual-protocols',
  variants: (known) => {
    const { ask, first } = known;
    const refused = ask.protocols.length === 0 && !didOpen(first) && [400, 403, 406, 426].includes(statusOf(first));
    const protocols = usual.filter((one) => !ask.protocols.includes(one));
    const closed = closedForProtocol(known);
    if (!closed && !refused) return [];
    const all = { title: 'with the subprotocols of the usual libraries', ask: { ...ask, protocols }, ...holdFor(known) };
    // A server that takes the first one offered, whatever it is, refuses that: both libraries for GraphQL do so to each other's clients.
    const older = { title: `with the subprotocol ${graphql}`, ask: { ...ask, protocols: [graphql] }, ...holdFor(known) };
    return closed && protocols.includes(graphql) ? [all, older] : [all];
  },
};

/** The user's own fields, those that name the user left in: whether it is one of them. */
export const noOwnFields: Experiment = {
  id: 'no-own-fields',
  variants: (known) => {
    const { ask, first } = known;
    const kept = ask.headers.filter((one) => !withoutCredentials(ask.headers).includes(one));
    const due = !didOpen(first) && (statusOf(first) >= 400 || lacksAnswer(known));
    return kept.length < ask.headers.length && due ? [{ title: 'without the fields that were added', ask: { ...ask, headers: kept } }] : [];
  },
};

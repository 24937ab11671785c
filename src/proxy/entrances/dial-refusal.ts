import type { DialFailure } from '../../model/leg.js';
import { ownName } from '../own-pages.js';
import type { Refusal } from '../refuse.js';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens on that port. Start the server, or check the port',
  ENOTFOUND: 'the name does not resolve. Check the host name in the URL',
  EAI_AGAIN: 'the resolver does not answer. Check the network and its DNS server',
  ETIMEDOUT: 'no answer came. Check the address, the route and the firewall',
  EHOSTUNREACH: 'there is no route to that host',
  ENETUNREACH: 'there is no route to that network',
};

/** What a client is told when the server could not be reached. */
export const dialRefusal = (authority: string, failure: DialFailure): Refusal =>
  failure.code === 'SHK_LOOP'
    ? {
        status: 508,
        why: 'loop',
        text: `shakedown: ${authority} is shakedown's own port. The app's URL must name the server, and its proxy setting shakedown; not both shakedown. Its own page is http://${ownName}/ through the proxy.`,
      }
    : {
        status: 502,
        why: 'dial-failed',
        text: `shakedown: could not connect to ${authority}: ${reasons[failure.code] ?? failure.message} (${failure.code}).`,
      };

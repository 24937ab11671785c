import { authorityOf } from '../../model/target.js';
import { ownName } from '../own-pages.js';
import type { Refusal } from '../refuse.js';
import { upstreamRefusal } from '../upstream/refusal.js';
import type { NoWay } from '../upstream/way.js';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens on that port. Start the server, or check the port',
  ENOTFOUND: 'the name does not resolve. Check the host name in the URL',
  EAI_AGAIN: 'the resolver does not answer. Check the network and its DNS server',
  ETIMEDOUT: 'no answer came. Check the address, the route and the firewall',
  EHOSTUNREACH: 'there is no route to that host',
  ENETUNREACH: 'there is no route to that network',
};

/** What a client is told when the server could not be reached. */
export const dialRefusal = (place: { readonly host: string; readonly port: number }, noWay: NoWay): Refusal => {
  const { failure, trouble } = noWay;
  if (failure.code === 'SHK_LOOP') {
    const text = trouble
      ? `shakedown: the upstream proxy would lead back to shakedown: ${failure.message}. --upstream-proxy must name another proxy, and the app's URL the server.`
      : `shakedown: ${authorityOf(place)} is shakedown's own port. The app's URL must name the server, and its proxy setting shakedown; not both shakedown. Its own page is http://${ownName}/ through the proxy.`;
    return { status: 508, why: 'loop', text };
  }
  if (failure.code === 'SHK_PRIVATE') {
    const text = `shakedown: ${authorityOf(place)} is an address of shakedown's own machine or its network, which is closed to clients of other machines. Start shakedown with --allow-lan=private to open it to them.`;
    return { status: 403, why: 'private-target', text };
  }
  return (
    upstreamRefusal(place, noWay) ?? {
      status: 502,
      why: 'dial-failed',
      text: `shakedown: could not connect to ${authorityOf(place)}: ${reasons[failure.code] ?? failure.message} (${failure.code}).`,
    }
  );
};

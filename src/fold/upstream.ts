import type { Event } from '../model/event.js';
import type { UpstreamTalk } from '../model/upstream.js';
import { maskCredentials } from '../wire/mask-credentials.js';

type UpstreamEvent = Extract<Event, { type: 'upstream' | 'upstream-tls' | 'upstream-tls-failed' | 'upstream-reply' }>;

const begun = (proxy: UpstreamTalk['proxy']): UpstreamTalk => ({
  proxy,
  request: '',
  reply: '',
  status: null,
  outcome: null,
  why: '',
  tls: null,
  tlsFailure: null,
});

/** The talk after one more event. An answer without an `upstream` event before it (a recording with a hole) is left out. */
export const foldUpstream = (talk: UpstreamTalk | null, event: UpstreamEvent): UpstreamTalk | null => {
  if (event.type === 'upstream') {
    const { scheme, host, port } = event.proxy;
    // '' is the beginning of a talk, and on a further connection of the same exchange that of another one.
    const known = event.request === '' ? null : talk;
    return { ...(known ?? begun({ scheme, host, port })), request: maskCredentials(event.request) };
  }
  if (!talk) return null;
  if (event.type === 'upstream-tls') return { ...talk, tls: event.tls };
  if (event.type === 'upstream-tls-failed') return { ...talk, tlsFailure: event.failure };
  return { ...talk, reply: event.reply, outcome: event.outcome, status: event.status, why: event.why };
};

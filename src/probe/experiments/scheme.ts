import { isIP } from 'node:net';
import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { type Ask, exposed } from '../ask.js';
import { type Experiment, type Known, lacksAnswer, suspects } from './experiment.js';

const usualPort = { ws: 80, wss: 443 } as const;

/** A wss URL without a word of the user in it may be tried in the clear; the other way round nothing is given away. */
const withScheme = (ask: Ask, scheme: 'ws' | 'wss'): Ask => {
  const safe = ask.target.scheme === 'wss' && scheme === 'ws' ? exposed(ask) : ask;
  const { host } = safe.target;
  return { ...safe, target: { ...safe.target, scheme }, sni: isIP(host) ? null : (ask.sni ?? host) };
};

const isDue = (known: Known): boolean => {
  const { ask, first } = known;
  if (first.upstream && first.upstream.outcome !== 'ok' && first.upstream.outcome !== null) return false;
  const failure = first.server?.tlsFailure;
  // An alert is a word of TLS.
  if (ask.target.scheme === 'wss') return failure ? failure.alert === null : hangsInTls(known);
  return lacksAnswer(known) || suspects(known, 'url.scheme-mismatch-plain-to-tls');
};

/** TLS was begun and never came to an end, in the time that doctor had. */
const hangsInTls = ({ first }: Known): boolean => first.server?.peer !== null && first.heads.clientSent === null && !first.server?.tls;

/** Whether the port speaks what the URL's scheme does not say. */
export const otherScheme: Experiment = {
  id: 'other-scheme',
  variants: (known) => {
    if (!isDue(known)) return [];
    const scheme = known.ask.target.scheme === 'wss' ? 'ws' : 'wss';
    return [{ title: `with ${scheme}:// on the same port`, ask: withScheme(known.ask, scheme) }];
  },
};

/** Tomcat, CherryPy and others say in the clear, and with 400, that their port wants TLS, each in words of its own: a ServerHello says it for all. */
export const tlsThere: Experiment = {
  id: 'other-scheme',
  variants: ({ ask, first, trials }) => {
    const refused = ask.target.scheme === 'ws' && !didOpen(first) && statusOf(first) === 400;
    return refused && !trials.some(({ id }) => id === 'other-scheme')
      ? [{ title: 'with wss:// on the same port', ask: withScheme(ask, 'wss') }]
      : [];
  },
};

/** Whether the host answers at a usual port, after the one that was asked for was refused or silent. */
export const otherPort: Experiment = {
  id: 'other-port',
  variants: ({ ask, first }) => {
    const { scheme, port } = ask.target;
    if (
      first.upstream ||
      first.server?.peer ||
      first.heads.clientSent !== null ||
      !(first.dialFailure === null || unheard.test(first.dialFailure.code))
    )
      return [];
    const other = port === usualPort[scheme] ? (scheme === 'ws' ? 'wss' : 'ws') : scheme;
    const safe = exposed(withScheme(ask, other));
    return [
      { title: `at port ${usualPort[other]} with ${other}://`, ask: { ...safe, target: { ...safe.target, port: usualPort[other] } } },
    ];
  },
};

const unheard = /^(ECONNREFUSED|ETIMEDOUT|SHK_DIAL_TIMEOUT)$/;

import type { Exchange } from '../../model/exchange.js';
import type { Finding } from '../../model/finding.js';
import { endEvidence, endedAtOnce, endedBy, endOf, withoutClose } from '../endings.js';
import { startLine } from '../evidence.js';
import { answerOf } from '../sights.js';
import { endsInPlaceOfReply, upstreamCulprit, upstreamName } from '../upstream-sights.js';
import {
  allOut,
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  didTls,
  gotHttp,
  openFor,
  opensSoundly,
  outcomeText,
  statusOf,
  type Trial,
  type Tried,
  trialEvidence,
  trialsOf,
} from './trial.js';

/** A proxy that says these to CONNECT has tried, and could not reach the server. */
const couldNot = new Set([500, 502, 503, 504]);
/** RFC 1928 section 6: network or host unreachable, connection refused. */
const socksCouldNot = new Set([3, 4, 5]);

const known = ({ findings }: Tried, pattern: RegExp): Finding | undefined =>
  findings.find(({ code, severity }) => severity === 'error' && pattern.test(code));

/** What the same attempt says without the proxy: whose fault it is. */
export const concludeProxy: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'direct');
  if (!trial || !first.upstream) return [];
  const notThrough = first.upstream.outcome !== 'ok' && !first.server?.tls && !gotHttp(first);
  return notThrough ? atTheProxy(tried, trial) : behindIt(tried, trial);
};

/** The proxy did not open the way. */
const atTheProxy = (tried: Tried, trial: Trial): readonly Conclusion[] => {
  const { upstream } = tried.first;
  const { dialFailure, server } = trial.exchange;
  const mine = known(tried, /^intermediary\.(connect-|proxy-auth)/);
  if (!upstream || !mine) return [];
  const { status, proxy } = upstream;
  const tried2 = endsInPlaceOfReply(upstream) || (status !== null && (proxy.scheme === 'socks5' ? socksCouldNot : couldNot).has(status));
  if (dialFailure && tried2) {
    const code = /^(ENOTFOUND|EAI_)/.test(dialFailure.code)
      ? 'url.dns'
      : dialFailure.code === 'ECONNREFUSED'
        ? 'url.refused'
        : 'url.unreachable';
    const because = `${trial.title} the server cannot be reached either (${dialFailure.code})`;
    return [
      {
        code,
        verdict: {
          confidence: 0.96,
          evidence: [trialEvidence(trial), { leg: 'server', what: 'upstream', text: upstream.why }],
          title: `The server cannot be reached, with the proxy or without it: ${dialFailure.code}`,
          culprit: null,
        },
        rulesOut: allOut(because, 'intermediary.connect-*'),
      },
    ];
  }
  if (!server?.peer) return [];
  return [
    {
      code: mine.code,
      verdict: {
        confidence: 0.99,
        evidence: [trialEvidence(trial), ...mine.evidence] as const,
        title: `${mine.title}; ${trial.title} ${didOpen(trial.exchange) ? 'it opens' : 'the server can be reached'}`,
        culprit: upstreamCulprit(upstream),
      },
      rulesOut: allOut(`${trial.title}: ${outcomeText(trial.exchange)}`, 'url.*', 'server.*', 'origin.*', 'certificate.*', 'tls.*'),
    },
  ];
};

/** What shows in the head of a 101. */
const inHead = /^server\.(accept|missing|bad|duplicate|extension|subprotocol)-/;

/** What a proxy does to a handshake, by what came back of it. */
const harmOf = (tried: Tried): string => {
  const { first } = tried;
  const own = known(tried, /^intermediary\./);
  if (own) return own.code;
  const flaw = known(tried, /./)?.code ?? '';
  if (didOpen(first))
    return flaw.startsWith('frame.') ? flaw : inHead.test(flaw) ? 'intermediary.response-header-rewritten' : 'intermediary.tunnel-ended';
  const status = statusOf(first);
  if (status === 403) return 'intermediary.waf-block';
  if (gotHttp(first)) return 'intermediary.upgrade-stripped';
  const end = first.server?.end ?? first.server?.tlsFailure;
  return end && 'how' in end
    ? end.how === 'reset'
      ? 'intermediary.policy-rst'
      : 'intermediary.policy-drop'
    : tlsHarm(first.server?.tlsFailure?.code);
};

const tlsHarm = (code = ''): string => (/ECONNRESET|EOF/.test(code) ? 'intermediary.policy-rst' : 'intermediary.policy-drop');

/** The way was open, and what came through it is to be compared. */
const behindIt = (tried: Tried, trial: Trial): readonly Conclusion[] => {
  const { first } = tried;
  const { exchange } = trial;
  const { upstream } = first;
  const [seen, shown] = [first.server?.tls?.chain[0], exchange.server?.tls?.chain[0]];
  const name = upstream ? upstreamName(upstream) : 'the proxy';
  if (seen && shown && seen.fingerprint !== shown.fingerprint && first.server?.tls?.authorized === false) {
    return [
      {
        code: 'intermediary.tls-interception',
        verdict: {
          confidence: 0.98,
          evidence: [
            { leg: 'server', what: 'certificate', text: `issuer through ${name}: ${seen.issuer}` },
            { leg: 'server', what: 'trial', text: `issuer ${trial.title}: ${shown.issuer}` },
          ],
          title: `${name.replace('the', 'The')} opens the TLS: the certificate is another one without it`,
          culprit: name,
        },
        rulesOut: allOut(`${trial.title} another certificate is shown`, 'certificate.*', 'server.*', 'url.*', 'origin.*'),
      },
    ];
  }
  const flaw = known(tried, /./);
  const better = didOpen(first)
    ? flaw !== undefined && opensSoundly(trial) && openFor(exchange) >= 0.9 * Math.min(openFor(first), tried.holdMs)
    : true;
  if (better && didOpen(exchange) && trialEnds(exchange)) {
    const code = harmOf(tried);
    const answer = answerOf(first);
    return [
      {
        code,
        verdict: {
          confidence: 0.98,
          evidence: [
            trialEvidence(trial),
            ...(answer ? [startLine(answer)] : []),
            { leg: 'server', what: 'upstream', text: `through ${name}: ${outcomeText(first)}` },
          ],
          title:
            didOpen(first) && flaw
              ? `It is the proxy: ${trial.title} nothing is wrong; through ${name}: ${flaw.title}`
              : `It is the proxy: through ${name} ${outcomeText(first)}, ${trial.title} it opens`,
          severity: 'error',
          culprit: name,
        },
        rulesOut: allOut(
          `${trial.title} it opens${didOpen(first) ? ' and stays' : ''}`,
          'url.*',
          'server.*',
          'origin.*',
          'certificate.*',
          'tls.*',
        ),
      },
    ];
  }
  if (didOpen(first) && didOpen(exchange) && cutByServer(first) && cutByServer(exchange))
    return [
      {
        code: endedAtOnce(first) ? (endOf(exchange, 'server')?.how === 'reset' ? 'server.rst-after-101' : 'server.close-after-101') : '',
        verdict: {
          confidence: 0.93,
          evidence: [endEvidence(first, 'server'), { ...endEvidence(exchange, 'server'), what: 'trial' }],
          title: 'The server ends the connection soon after the opening, with the proxy and without it',
          culprit: null,
        },
        rulesOut: allOut(`it is ended ${trial.title}, too`, 'intermediary.tunnel-ended'),
      },
    ];
  const alike =
    answeredAlike(first, exchange) ||
    (first.server?.tlsFailure !== undefined && !didTls(exchange)) ||
    seen?.fingerprint === shown?.fingerprint;
  if (!alike || didOpen(exchange)) return [];
  return [
    {
      code: '',
      verdict: { confidence: 0, evidence: [trialEvidence(trial)] },
      rulesOut: allOut(`it is the same ${trial.title}`, 'intermediary.connect-*', 'intermediary.proxy-*', 'intermediary.tls-interception'),
    },
  ];
};

const cutByServer = (exchange: Exchange): boolean => endedBy(exchange) === 'server' && withoutClose(exchange);

/** A trial is hardly watched: that it was ended by us tells that it would have gone on. */
const trialEnds = ({ server }: Trial['exchange']): boolean => server?.end?.how !== 'reset';

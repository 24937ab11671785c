import { authorityOf } from '../../model/target.js';
import { diagnose } from '../diagnose.js';
import { startLine } from '../evidence.js';
import { answerOf, targetName } from '../sights.js';
import {
  allOut,
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  didTls,
  gotHttp,
  type Trial,
  trialEvidence,
  trialsOf,
} from './trial.js';

const plainToTls = 'url.scheme-mismatch-plain-to-tls';
const tlsToPlain = 'url.scheme-mismatch-tls-to-plain';

/** A port that speaks TLS says so in plain HTTP, as nginx, Apache httpd and Go do: that is no plain server. */
const saysTls = ({ exchange }: Trial): boolean =>
  diagnose(exchange).some(({ code, confidence }) => code === plainToTls && confidence >= 0.9);

/** What the port speaks: a ServerHello, an alert, or HTTP in the clear prove it. */
export const concludeScheme: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'other-scheme');
  if (!trial) return [];
  const { exchange } = trial;
  const name = targetName(first);
  if (first.target?.scheme === 'wss') {
    const answer = answerOf(exchange);
    if (saysTls(trial)) return [nothing(trial, tlsToPlain, 'the port says itself that it speaks TLS')];
    if (!answer) return [nothing(trial, tlsToPlain, 'plain HTTP is not answered there either')];
    const because = `the port answers plain HTTP: ${answer.text}`;
    return [
      {
        code: tlsToPlain,
        verdict: {
          confidence: 0.98,
          evidence: [trialEvidence(trial), { ...startLine(answer), what: 'trial' }],
          title: didOpen(exchange) ? `${name} speaks no TLS: with ws:// the WebSocket opens` : `${name} speaks plain HTTP, not TLS`,
        },
        rulesOut: allOut(because, 'tls.*', 'certificate.*', 'intermediary.policy-*'),
      },
    ];
  }
  const failure = exchange.server?.tlsFailure;
  const spoke = didTls(exchange) || (failure !== undefined && (failure.alert !== null || /^[\x15\x16]\x03/.test(failure.firstBytes)));
  // A port that speaks both has another reason.
  if (gotHttp(first) && answeredAlike(first, exchange)) return [];
  if (!spoke) return gotHttp(first) ? [] : [nothing(trial, plainToTls, 'a ClientHello gets no TLS either')];
  const { tls } = exchange.server ?? {};
  return [
    {
      code: plainToTls,
      verdict: {
        confidence: 0.98,
        evidence: [
          trialEvidence(trial),
          {
            leg: 'server',
            what: 'trial',
            text: tls ? `a ServerHello came: ${tls.version}, ${tls.cipher}` : `a TLS alert came: ${failure?.alert}`,
          },
        ],
        title: didOpen(exchange) ? `${name} speaks TLS: with wss:// the WebSocket opens` : `${name} speaks TLS, not plain HTTP`,
      },
      rulesOut: allOut('the port speaks TLS', 'server.*', 'intermediary.*', 'url.*', 'origin.*'),
    },
  ];
};

const nothing = (trial: Trial, code: string, because: string): Conclusion => ({
  code: '',
  verdict: { confidence: 0, evidence: [trialEvidence(trial)] },
  rulesOut: [{ code, because }],
});

/** Whether the host lives behind another port than the one that refused, or said nothing. */
export const concludePort: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'other-port');
  if (!trial || !first.target) return [];
  const { exchange } = trial;
  const alive = exchange.server?.peer !== null && exchange.server?.peer !== undefined;
  if (!alive || !exchange.target) return [];
  const asked = authorityOf(first.target);
  const refused = first.dialFailure?.code === 'ECONNREFUSED';
  const lives = authorityOf(exchange.target);
  if (didOpen(exchange))
    return [
      {
        code: refused ? 'url.refused' : 'url.unreachable',
        verdict: {
          confidence: 0.98,
          evidence: [trialEvidence(trial)],
          title: `The port is wrong: nothing answers at ${asked}, and a WebSocket opens at ${exchange.target.scheme}://${lives}`,
          fix: [{ for: 'the client', text: `Open ${exchange.target.scheme}://${lives} in place of ${asked}.` }],
        },
      },
    ];
  // A refusal is a word of the host itself: nobody listens there.
  if (refused) return [];
  const because = `the same host takes connections at port ${exchange.target.port}`;
  return [
    {
      code: 'intermediary.policy-drop',
      verdict: {
        confidence: 0.85,
        evidence: [trialEvidence(trial), { leg: 'server', what: 'trial', text: because }],
        title: `The host lives, and something drops what goes to ${asked}`,
        culprit: null,
      },
      rulesOut: allOut(because, 'url.unreachable'),
    },
  ];
};

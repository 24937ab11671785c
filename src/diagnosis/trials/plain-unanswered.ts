import { culpritOf } from '../culprits.js';
import { endEvidence, endOf } from '../endings.js';
import { showsHop } from '../hops.js';
import { answerOf } from '../sights.js';
import {
  allOut,
  type Conclusion,
  gotHttp,
  heardNothing,
  outcomeText,
  type Trial,
  type Tried,
  trialEvidence,
  trialsOf,
  wasSilent,
} from './trial.js';

type First = Tried['first'];

/** What hangs up on text that is no message of its own, by the ports that are its usual ones. */
const silentServices: Readonly<Record<number, string>> = {
  1883: 'MQTT',
  8883: 'MQTT',
  3389: 'RDP',
  5222: 'XMPP',
  5672: 'AMQP',
  6379: 'Redis',
  9092: 'Kafka',
  27017: 'MongoDB',
};

/** Neither a handshake nor a plain GET is answered, at a port that is known for something else. */
const foreignService = (first: First, trial: Trial): readonly Conclusion[] => {
  const service = silentServices[first.target?.port ?? 0];
  if (service === undefined) return [];
  return [
    {
      code: 'url.wrong-service',
      verdict: {
        confidence: 0.9,
        evidence: [trialEvidence(trial), endEvidence(first, 'server')],
        title: `The server hangs up on HTTP, and this is the port of ${service}: its WebSockets, if it has any, live at another port`,
      },
    },
  ];
};

/** What a plain GET of the same path says of a handshake that nobody answered. */
export const concludeUnanswered = (tried: Tried, trial: Trial): readonly Conclusion[] => {
  const { first, findings } = tried;
  const told = trialEvidence(trial);
  const end = endOf(first, 'server');
  const plain = gotHttp(trial.exchange);
  const because = `a plain GET of the same path is ${outcomeText(trial.exchange)}`;
  const how = end?.by === 'peer' ? end.how : 'silence';
  if (!plain) {
    if (how !== 'silence' && heardNothing(trial.exchange)) return foreignService(first, trial);
    if (how !== 'silence' || !wasSilent(trial.exchange)) return [];
    return [
      {
        code: 'server.slow',
        verdict: {
          confidence: 0.9,
          evidence: [told, { leg: 'server', what: 'timing', text: 'the connection was taken, and nothing came back on it' }],
          title: 'The server takes connections and answers nothing, not even a plain GET',
          culprit: null,
        },
      },
      { code: 'intermediary.policy-drop', verdict: { confidence: 0.4, evidence: [told], culprit: null } },
    ];
  }
  const speaksHttp = allOut(because, 'url.scheme-mismatch-plain-to-tls', 'url.unreachable');
  const [odd] = trialsOf(tried, 'odd-version');
  if ((how === 'reset' || how === 'error') && odd && gotHttp(odd.exchange))
    return [
      {
        code: 'server.reset',
        verdict: {
          confidence: 0.95,
          evidence: [trialEvidence(odd), told, endEvidence(first, 'server')],
          title:
            'The server resets the handshake itself: one of a version that it does not speak is answered, so nothing on the way minds it',
        },
        rulesOut: [
          ...speaksHttp,
          ...allOut(`${odd.title} the handshake is answered`, 'intermediary.policy-rst', 'intermediary.policy-drop'),
        ],
      },
    ];
  if (how === 'reset' || how === 'error')
    return [
      {
        code: 'intermediary.policy-rst',
        verdict: {
          confidence: 0.8,
          evidence: [told, endEvidence(first, 'server')],
          title: 'Something resets every handshake, and lets a plain GET through',
          culprit: null,
        },
        rulesOut: speaksHttp,
      },
      {
        code: 'server.reset',
        verdict: {
          confidence: 0.65,
          evidence: [endEvidence(first, 'server'), told],
          title: 'The server resets the handshake, and answers a plain GET',
        },
      },
    ];
  const gateway = answerOf(trial.exchange);
  if (how === 'fin' && gateway && [502, 503, 504].includes(gateway.status))
    return [
      {
        code: 'intermediary.bad-gateway',
        verdict: {
          confidence: 0.9,
          evidence: [told, endEvidence(first, 'server')],
          title: `A gateway hangs up on the handshake, and says ${gateway.text} to a plain GET: it does not reach the server behind it`,
          culprit: culpritOf(gateway.head, gateway.body)?.name ?? null,
        },
        rulesOut: [...speaksHttp, ...allOut(because, 'server.empty-reply', 'server.slow', 'url.wrong-endpoint')],
      },
    ];
  if (how === 'fin')
    return [
      {
        code: 'server.empty-reply',
        verdict: {
          // What engine.io's timer ended is told by its time.
          confidence: findings.some(({ code }) => code === 'url.wrong-endpoint') ? 0.8 : 0.9,
          evidence: [told, endEvidence(first, 'server')],
          title: 'The server hangs up on the handshake, and answers a plain GET: its upgrade handler destroys the socket, or a filter does',
          culprit: null,
        },
        rulesOut: [...speaksHttp, ...allOut(because, 'server.slow')],
      },
    ];
  return [
    {
      code: 'server.no-upgrade-handler',
      verdict: {
        confidence: 0.85,
        evidence: [told, { leg: 'server', what: 'trial', text: 'as asked: no answer in time' }],
        title: 'The handshake is left without an answer, while a plain GET gets one: nobody takes the upgrade there',
        culprit: null,
      },
      rulesOut: [...speaksHttp, ...allOut(because, 'tls.*')],
    },
    {
      code: 'server.slow',
      verdict: { confidence: 0.6, evidence: [told], title: 'The upgrade handler of the server may hang', culprit: null },
    },
    {
      code: 'intermediary.policy-drop',
      verdict: { confidence: 0.5, evidence: [told], title: 'Something may drop the handshake', culprit: null },
    },
    ...(showsHop(answerOf(trial.exchange))
      ? [
          {
            code: 'intermediary.buffering',
            verdict: { confidence: 0.3, evidence: [told] as const, severity: 'warning' as const, culprit: null },
          },
        ]
      : []),
  ];
};

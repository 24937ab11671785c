import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { endEvidence, endOf } from '../endings.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { werkzeugMismatch } from '../own-pages.js';
import { type Answer, answerOf, requestOf } from '../sights.js';
import {
  allOut,
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  gotHttp,
  heardNothing,
  outcomeText,
  type Trial,
  type Tried,
  trialEvidence,
  trialsOf,
  wasSilent,
} from './trial.js';

/** What a plain GET of the same path says of a handshake that was not answered, or was answered as if it were none. */
export const concludePlain: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'plain-get');
  if (!trial || didOpen(first)) return [];
  if (!gotHttp(first)) return heardNothing(first) ? withoutAnswer(tried, trial) : answeredOddly(tried, trial);
  return answeredAlike(first, trial.exchange) ? answeredAsPlain(first, trial) : ordinaryRoute(first, trial);
};

const ordinaryRoute = (first: First, trial: Trial): readonly Conclusion[] => {
  const answer = answerOf(first);
  const plain = answerOf(trial.exchange);
  if (answer?.status !== 400 || !plain || plain.status >= 300 || !werkzeugMismatch.test(answer.body)) return [];
  return [
    {
      code: 'server.no-upgrade-handler',
      verdict: {
        confidence: 0.85,
        evidence: [trialEvidence(trial), startLine(answer), ...[bodyExcerpt(answer.leg, answer.body)].filter((one) => one !== undefined)],
        title: `An ordinary route of Flask is there, which answers a plain GET with ${plain.text}, and none for WebSockets`,
      },
      rulesOut: allOut(`a plain GET of the same path is ${outcomeText(trial.exchange)}`, 'server.bad-request', 'url.not-found'),
    },
  ];
};

/** What looks like another service answers a plain GET in HTTP: then an upgrade listener writes to the socket without a head (redbird: `Not Found`). */
const answeredOddly = ({ first, findings }: Tried, trial: Trial): readonly Conclusion[] => {
  const odd = first.notAHead.serverSent;
  if (odd?.why !== 'unknown-bytes' || !gotHttp(trial.exchange) || !findings.some(({ code }) => code === 'url.wrong-service')) return [];
  return [
    {
      code: 'server.malformed-response',
      verdict: {
        confidence: 0.95,
        evidence: [trialEvidence(trial), { leg: 'server', what: 'response-head', text: odd.raw.slice(0, 200), offset: 0 }],
        title: 'The handshake is answered with what is no HTTP, and a plain GET with HTTP: whoever refuses the upgrade writes no head',
        culprit: null,
      },
      rulesOut: allOut(`a plain GET of the same path is ${outcomeText(trial.exchange)}`, 'url.*', 'tls.*', 'intermediary.policy-*'),
    },
  ];
};

type First = Parameters<Conclude>[0]['first'];

const withoutAnswer = (tried: Tried, trial: Trial): readonly Conclusion[] => {
  const { first, findings } = tried;
  const told = trialEvidence(trial);
  const end = endOf(first, 'server');
  const plain = gotHttp(trial.exchange);
  const because = `a plain GET of the same path is ${outcomeText(trial.exchange)}`;
  const how = end?.by === 'peer' ? end.how : 'silence';
  if (!plain) {
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
    ...(hopOf(answerOf(trial.exchange))
      ? [
          {
            code: 'intermediary.buffering',
            verdict: { confidence: 0.3, evidence: [told] as const, severity: 'warning' as const, culprit: null },
          },
        ]
      : []),
  ];
};

/** Fields by which an application shows its hand beside that of a proxy. */
const hopFields = ['Via', 'X-Cache', 'Age', 'X-Served-By', 'X-Forwarded-For'] as const;
const appFields = ['X-Powered-By', 'X-Runtime', 'X-Request-Id', 'X-AspNet-Version', 'Sec-WebSocket-Version'] as const;

const hopOf = (answer: Answer | undefined): boolean =>
  answer !== undefined &&
  (culpritOf(answer.head, answer.body)?.role === 'intermediary' || hopFields.some((name) => field(answer.head, name) !== undefined));

/** Node gives an upgrade to its ordinary handler only where nobody listens for `upgrade`; these are its frameworks. */
const nodeApp = /^(Express|Node http)/;
const nodePages = /^(Cannot GET|\{"message":"Route GET:)|<pre>Cannot GET \//;

/** The handshake and a plain GET are answered alike: the server saw no handshake. Because a proxy hid it, or because nobody looks? */
const answeredAsPlain = (first: First, trial: Trial): readonly Conclusion[] => {
  const answer = answerOf(first);
  const request = requestOf(first);
  if (!answer || !request) return [];
  const { head, body, status } = answer;
  const same = `a plain GET gets the same answer, ${answer.text}`;
  const evidence = [trialEvidence(trial), startLine(answer)] as const;
  const hop = hopOf(answer);
  const wantsUpgrade = status === 426 && /websocket/i.test(field(head, 'Upgrade') ?? 'websocket');
  const app = presentFields(answer, ...appFields);
  const appPage = nodePages.test(body.trimStart());
  const isNode = appPage || /express|node/i.test(field(head, 'X-Powered-By') ?? '');
  if (wantsUpgrade || (hop && (app.length > 0 || appPage) && [200, 400, 404, 405, 426, 500, 501].includes(status))) {
    const hands = [...presentFields(answer, 'Server', 'Via', 'X-Cache', 'Upgrade'), ...app];
    return [
      {
        code: 'intermediary.upgrade-stripped',
        verdict: {
          confidence: wantsUpgrade ? (hop ? 0.93 : 0.85) : isNode ? 0.86 : 0.8,
          evidence: [...evidence, ...hands],
          title: wantsUpgrade
            ? 'The server asks for the Upgrade that was sent: a proxy behind shakedown took it away'
            : 'Two hands are in the answer, and it is that to a plain GET: the proxy in front takes the Upgrade away',
        },
        rulesOut: wantsUpgrade
          ? allOut('the server speaks WebSocket, and saw none', 'server.upgrade-required', 'url.*')
          : isNode
            ? allOut(
                "Node's ordinary handler, which gets no upgrade where WebSockets are served, answered",
                'url.not-found',
                'url.wrong-endpoint',
              )
            : [],
      },
    ];
  }
  const product = culpritOf(head, body)?.name ?? '';
  if (hop || !(nodeApp.test(product) || appPage) || ![200, 404].includes(status)) return [];
  return [
    {
      code: 'server.no-upgrade-handler',
      verdict: {
        confidence: 0.9,
        evidence: [...evidence, ...presentFields(answer, 'X-Powered-By', 'Keep-Alive')],
        title: `${same}: Node's ordinary handler answered, as it does only where nobody listens for upgrades`,
      },
      rulesOut: [
        ...allOut('no second hand shows in the answer', 'intermediary.upgrade-stripped', 'intermediary.connection-header-lost'),
        ...allOut(same, 'server.status-200', 'url.wrong-endpoint', 'url.not-found', 'origin.*'),
      ],
    },
  ];
};

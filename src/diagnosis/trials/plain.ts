import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { showsHop } from '../hops.js';
import { isOwnPage, werkzeugMismatch } from '../own-pages.js';
import { type Answer, answerOf, requestOf } from '../sights.js';
import { concludeUnanswered } from './plain-unanswered.js';
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
} from './trial.js';

/** What a plain GET of the same path says of a handshake that was not answered, or was answered as if it were none. */
export const concludePlain: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'plain-get');
  if (!trial || didOpen(first)) return [];
  if (!gotHttp(first)) return heardNothing(first) ? concludeUnanswered(tried, trial) : answeredOddly(tried, trial);
  return answeredAlike(first, trial.exchange) ? answeredAsPlain(first, trial) : ordinaryRoute(first, trial);
};

const ordinaryRoute = (first: First, trial: Trial): readonly Conclusion[] => {
  const answer = answerOf(first);
  const plain = answerOf(trial.exchange);
  const minded = answer && plain ? minding(answer, plain, trial) : undefined;
  if (minded) return [minded];
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

/**
 * What looks like another service answers a plain GET in HTTP: then an upgrade listener writes to the socket without a head (redbird: `Not Found`),
 * or an error page goes out without one (civetweb).
 */
const answeredOddly = ({ first, findings }: Tried, trial: Trial): readonly Conclusion[] => {
  const odd = first.notAHead.serverSent;
  const plain = answerOf(trial.exchange);
  if (odd?.why !== 'unknown-bytes' || !plain || !findings.some(({ code }) => code === 'url.wrong-service')) return [];
  const notFound = plain.status === 404;
  return [
    {
      code: notFound ? 'url.not-found' : 'server.malformed-response',
      verdict: {
        confidence: notFound ? 0.85 : 0.95,
        evidence: [trialEvidence(trial), { leg: 'server', what: 'response-head', text: odd.raw.slice(0, 200), offset: 0 }],
        title: notFound
          ? 'The server knows nothing at that path: it says so without a head to the handshake, and with 404 to a plain GET'
          : 'The handshake is answered with what is no HTTP, and a plain GET with HTTP: whoever refuses the upgrade writes no head',
        culprit: null,
      },
      rulesOut: allOut(
        `a plain GET of the same path is ${outcomeText(trial.exchange)}`,
        ...(notFound ? ['url.wrong-service'] : ['url.*']),
        'tls.*',
        'intermediary.policy-*',
      ),
    },
  ];
};

/** The proxy lets a plain GET pass to the server, and answers the handshake by itself. */
const minding = (answer: Answer, plain: Answer, trial: Trial): Conclusion | undefined => {
  const filters = answer.status === 403;
  if (!(filters || answer.status === 404) || plain.status === answer.status || !isOwnPage(answer) || isOwnPage(plain)) return undefined;
  const name = culpritOf(answer.head, answer.body)?.name ?? 'A proxy';
  const excerpt = bodyExcerpt(answer.leg, answer.body);
  return {
    code: filters ? 'intermediary.waf-block' : 'intermediary.protocol-not-enabled',
    verdict: {
      confidence: 0.9,
      evidence: [trialEvidence(trial), startLine(answer), ...(excerpt ? [excerpt] : [])],
      title: `${name} lets a plain GET pass to the server, and says ${answer.text} to a handshake by itself: ${filters ? 'a rule of its own minds the upgrade' : 'it has a way there for HTTP, and none for WebSockets'}`,
    },
    rulesOut: allOut(
      `a plain GET of the same path is ${outcomeText(trial.exchange)}`,
      'server.forbidden',
      'server.auth',
      'url.not-found',
      'url.wrong-endpoint',
    ),
  };
};

type First = Parameters<Conclude>[0]['first'];

/** Fields by which an application shows its hand beside that of a proxy. */
const appFields = ['X-Powered-By', 'X-Runtime', 'X-Request-Id', 'X-AspNet-Version', 'Sec-WebSocket-Version'] as const;

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
  const hop = showsHop(answer);
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

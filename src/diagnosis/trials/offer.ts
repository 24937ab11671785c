import type { Exchange } from '../../model/exchange.js';
import { field, requestLine } from '../../model/head.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { answerOf, requestOf } from '../sights.js';
import {
  allOut,
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  firstEvidence,
  openFor,
  opensSoundly,
  outcomeText,
  type Trial,
  type Tried,
  trialEvidence,
  trialsOf,
} from './trial.js';

const everyone = ['server.*', 'url.*', 'origin.*', 'intermediary.*'] as const;

const soundly = (tried: Tried, id: string): Trial | undefined => trialsOf(tried, id).find(opensSoundly);
const failsItself = ({ first, findings, holdMs }: Tried): boolean =>
  !didOpen(first) ||
  openFor(first) < holdMs ||
  findings.some(({ severity, code }) => severity === 'error' || code === 'server.subprotocol-missing');

/** Whether it is what the handshake offers: extensions, subprotocols, or that it offers none. */
export const concludeOffer: Conclude = (tried) => {
  const { first, findings } = tried;
  const request = requestOf(first);
  if (!request || !failsItself(tried)) return [];
  const answer = answerOf(first);
  const head = answer ? [startLine(answer)] : [];
  const proves = (trial: Trial, code: string, title: string, name: string): readonly Conclusion[] => [
    {
      code,
      verdict: {
        confidence: 0.96,
        severity: 'error',
        evidence: [trialEvidence(trial), firstEvidence(first), ...head, fieldEvidence(request, name)],
        title,
      },
      rulesOut: allOut(
        `${trial.title} the same request opens`,
        ...everyone,
        'server.close-policy',
        ...(answer ? [] : ['server.empty-reply']),
      ),
    },
  ];
  const plain = soundly(tried, 'no-protocol');
  if (plain)
    return proves(
      plain,
      findings.find(({ code }) => code.startsWith('server.subprotocol-'))?.code ?? 'server.subprotocol-mismatch',
      'The server does not take the subprotocols that are offered; without one it opens',
      'Sec-WebSocket-Protocol',
    );
  const some = soundly(tried, 'usual-protocols');
  if (some) {
    const chosen = answerOf(some.exchange);
    const line = chosen ? fieldEvidence(chosen, 'Sec-WebSocket-Protocol').text : '';
    const offered = field(request.head, 'Sec-WebSocket-Protocol') !== undefined;
    return proves(
      some,
      offered && !didOpen(first) ? 'server.subprotocol-mismatch' : 'server.subprotocol-missing',
      `The server insists on a subprotocol (${line}), and ${offered ? 'it was not among those that were offered' : 'none was offered'}`,
      'Sec-WebSocket-Protocol',
    );
  }
  const bare = soundly(tried, 'no-extensions');
  // A trial is hardly watched: that no odd frame came in it says nothing of a first attempt that opened.
  if (bare && (!didOpen(first) || findings.some(({ code }) => code.startsWith('server.extension-'))))
    return proves(
      bare,
      findings.find(({ code }) => code.startsWith('server.extension-'))?.code ?? 'server.extension-params',
      `The server, or something on the way, breaks at the extensions that are offered; ${bare.title} it opens`,
      'Sec-WebSocket-Extensions',
    );
  return [];
};

/** From here on servers refuse a head for its size: 4 KiB is the least of the usual limits, that of libwebsockets. */
export const isBulky = (exchange: Exchange): boolean => (requestOf(exchange)?.head.raw.length ?? 0) >= 4096;

/** Whether it is one of the fields that the user added. */
export const concludeFields: Conclude = (tried) => {
  const { first, findings } = tried;
  const [trial] = trialsOf(tried, 'no-own-fields').filter(({ exchange }) => didOpen(exchange));
  const request = requestOf(first);
  if (!trial || didOpen(first) || !request) return [];
  const answer = answerOf(first);
  const got = requestOf(trial.exchange);
  const lines = request.head.raw.split('\r\n').slice(1, -2);
  const kept = new Set((got?.head.raw ?? '').split('\r\n').map(nameOf));
  const added = lines
    .filter((line) => !kept.has(nameOf(line)) || !got?.head.raw.includes(`${line}\r\n`))
    .filter((line) => !/^Sec-WebSocket-Key:/i.test(line));
  const names = added.map(nameOf);
  const limit = findings.find(({ code }) => /header-too-large$/.test(code))?.code;
  const code =
    limit ??
    (isBulky(first) && !answer ? 'intermediary.header-too-large' : undefined) ??
    (names.includes('host')
      ? 'url.wrong-host'
      : names.includes('origin')
        ? 'origin.rejected'
        : (findings.find(({ code: one }) => /^(server\.(bad-request|forbidden|version-unsupported)|intermediary\.waf-block)$/.test(one))
            ?.code ?? 'server.bad-request'));
  return [
    {
      code,
      verdict: {
        confidence: 0.96,
        evidence: [
          trialEvidence(trial),
          ...(answer ? [startLine(answer)] : [firstEvidence(first)]),
          ...added.slice(0, 4).map((line) => ({ leg: 'server' as const, what: 'request-head' as const, text: line.slice(0, 200) })),
        ],
        title: `It is a field that was added (${[...new Set(names)].slice(0, 4).join(', ')}); ${trial.title} ${requestLine(request.head).target} opens`,
        culprit: 'the client',
      },
      rulesOut: allOut(`${trial.title} it opens`, ...everyone),
    },
  ];
};

const nameOf = (line: string): string => line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase();

/** libwebsockets and others hang up without a word on a head that they have no room for. */
const unheardBulk = ({ first }: Tried, trial: Trial): Conclusion => ({
  code: 'intermediary.header-too-large',
  verdict: {
    confidence: 0.96,
    evidence: [trialEvidence(trial), firstEvidence(first)],
    title: `The request head of ${requestOf(first)?.head.raw.length ?? 0} bytes is too large; ${trial.title} it opens`,
  },
  rulesOut: allOut(`${trial.title} it opens`, ...everyone, 'server.reset', 'server.empty-reply', 'intermediary.policy-rst'),
});

/** What the server makes of credentials: whether it refuses them, knows them, or does not look at them. */
export const concludeCredentials: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'no-credentials');
  const answer = answerOf(first);
  const other = trial && answerOf(trial.exchange);
  if (!trial || didOpen(first)) return [];
  if (!answer) return didOpen(trial.exchange) && isBulky(first) ? [unheardBulk(tried, trial)] : [];
  const evidence = [trialEvidence(trial), startLine(answer)] as const;
  if (didOpen(trial.exchange)) {
    const known = tried.findings.find(({ code }) => /header-too-large$/.test(code))?.code;
    const limit = known ?? (isBulky(first) && [400, 413].includes(answer.status) ? 'intermediary.header-too-large' : undefined);
    return [
      {
        code: limit ?? (answer.status === 403 ? 'server.forbidden' : 'server.auth'),
        verdict: { confidence: 0.96, evidence, title: `It is the credentials: with them ${outcomeText(first)}, ${trial.title} it opens` },
        rulesOut: allOut(`${trial.title} it opens`, ...everyone),
      },
    ];
  }
  if (answer.status === 403 && other?.status === 401)
    return [
      {
        code: 'server.forbidden',
        verdict: { confidence: 0.95, evidence, title: 'The server knows the credentials, and does not let them in here' },
        rulesOut: allOut('without the credentials it is 401: they are looked at', 'origin.*', 'intermediary.waf-block'),
      },
    ];
  if (!answeredAlike(first, trial.exchange)) return [];
  const because = `it is ${outcomeText(first)} without the credentials, too`;
  if (answer.status !== 401) return [{ code: '', verdict: { confidence: 0, evidence }, rulesOut: allOut(because, 'server.auth') }];
  return [
    {
      code: 'server.auth',
      verdict: { confidence: 0.93, evidence, title: 'The server does not take the credentials: with them and without it says the same' },
      rulesOut: allOut(because, 'origin.credentials-missing'),
    },
  ];
};

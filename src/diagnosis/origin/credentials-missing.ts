import type { Exchange } from '../../model/exchange.js';
import { field } from '../../model/head.js';
import { lacks } from '../../model/imported.js';
import { fieldEvidence, presentFields, startLine } from '../evidence.js';
import { isLoginPage } from '../login-path.js';
import { defineRule, type Verdict } from '../rule.js';
import { type Answer, clientRequestOf, hostField, refusedWith, requestOf, splitHost, splitOrigin } from '../sights.js';

const credentials = ['Cookie', 'Authorization'] as const;

const asksWho = (exchange: Exchange): Answer | undefined => {
  const redirect = refusedWith(exchange, 302, 303, 307);
  if (redirect && isLoginPage(field(redirect.head, 'Location') ?? '')) return redirect;
  return refusedWith(exchange, 401, 403);
};

/** What the client sent and the server did not get. */
const lostHere = (exchange: Exchange, answer: Answer): Verdict | undefined => {
  const sent = clientRequestOf(exchange);
  const got = requestOf(exchange);
  if (!sent || !got) return undefined;
  const lost = credentials.filter((name) => field(sent.head, name) !== undefined && field(sent.head, name) !== field(got.head, name));
  const [first, ...more] = lost.flatMap((name) => [fieldEvidence(got, name), fieldEvidence(sent, name)]);
  if (!first) return undefined;
  return {
    confidence: answer.status === 403 ? 0.8 : 0.95,
    evidence: [first, ...more.map((piece) => ({ ...piece, text: piece.text.slice(0, 60) })), startLine(answer)],
    title: `${lost.join(' and ')} of the client did not reach the server, which answered ${answer.text}`,
    culprit: null,
  };
};

/** A browser that sends no cookie at all to another site: SameSite, or third-party cookies that are blocked. */
const keptBack = (exchange: Exchange, answer: Answer): Verdict | undefined => {
  const sent = clientRequestOf(exchange);
  if (!sent || answer.status === 403 || lacks(exchange, 'credentials')) return undefined;
  if (credentials.some((name) => field(sent.head, name) !== undefined)) return undefined;
  const origin = splitOrigin(field(sent.head, 'Origin') ?? '');
  const host = field(sent.head, hostField(sent.head));
  const isBrowser = /^Mozilla\//.test(field(sent.head, 'User-Agent') ?? '');
  if (!origin || host === undefined || !isBrowser || origin.hostname === splitHost(host, true).hostname) return undefined;
  return {
    confidence: 0.6,
    evidence: [
      fieldEvidence(sent, 'Cookie'),
      ...presentFields(sent, 'Origin'),
      fieldEvidence(sent, hostField(sent.head)),
      startLine(answer),
    ],
    title: 'The browser sent no cookie from a page of another site, and the server wants to know who asks',
  };
};

export const rule = defineRule({
  code: 'origin.credentials-missing',
  cause: 'origin',
  severity: 'error',
  title: 'The credentials of the client did not reach the server',
  question: 'Was a handshake refused whose cookie was lost on the way, or kept back by the browser because the page is of another site?',
  remedy:
    'From a page of another site a cookie goes along only with SameSite=None and Secure, and only where third-party cookies are allowed. Else carry a token in the query, in a subprotocol or in the first message.',
  fixes: [
    { for: 'the server', text: 'Let the cookie go along from other sites.', config: 'Set-Cookie: session=...; SameSite=None; Secure' },
    { for: 'the client', text: 'Carry a token where no cookie comes along.', config: "new WebSocket(url, ['app', 'token.' + token]);" },
    { for: 'nginx', text: 'Pass the field on, if a rule takes it away.', config: 'proxy_set_header Authorization $http_authorization;' },
  ],
  rfc: 'RFC 6455 10.5, RFC 6265 5.4',
  examine: (exchange) => {
    const answer = asksWho(exchange);
    return answer && (lostHere(exchange, answer) ?? keptBack(exchange, answer));
  },
});

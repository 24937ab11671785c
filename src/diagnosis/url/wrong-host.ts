import { field } from '../../model/head.js';
import { devServerComplaint, isLetIn } from '../dev-servers.js';
import { bodyExcerpt, fieldEvidence, presentFields, startLine } from '../evidence.js';
import { greetingOf } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { hostField, refusedWith, requestOf } from '../sights.js';

/** Vite, webpack-dev-server, Rails, Django, ASP.NET, Go's and nginx's default virtual hosts. */
const complaint =
  /Blocked request\. This host|Invalid Host header|Blocked hosts?:|Invalid HTTP_HOST header|Invalid Hostname|DisallowedHost|host[^<\n]{0,60} is not allowed/i;

/** What Django says, without DEBUG, to a request that it finds suspicious: of a handshake only the Host can be (measured with 3.2). */
const djangoPage = /<title>Bad Request \(400\)<\/title>[\s\S]*<h1>Bad Request \(400\)<\/h1>/;

export const rule = defineRule({
  code: 'url.wrong-host',
  cause: 'url',
  severity: 'error',
  title: 'The server does not answer for that host name',
  question: 'Did the server say 421, or complain about the Host field?',
  remedy: 'Use the name that the server expects, or add the name to its list of hosts. A proxy in front has to pass the right Host on.',
  fixes: remediesFor('host'),
  rfc: 'RFC 9110 7.2, 15.5.20',
  examine: (exchange) => {
    const request = requestOf(exchange);
    const host = request ? [fieldEvidence(request, hostField(request.head))] : [];
    const complained = devServerComplaint(exchange);
    if (complained && request && !isLetIn(request))
      return {
        confidence: 0.93,
        evidence: [complained, ...host],
        title: `The dev server opened, and closed again because of the host name ${field(request.head, hostField(request.head)) ?? ''}`,
        culprit: 'webpack-dev-server',
      };
    const misdirected = refusedWith(exchange, 421);
    if (misdirected) return { confidence: 0.95, evidence: [startLine(misdirected), ...host] };
    const page = refusedWith(exchange, 200);
    const greeter = page && greetingOf(page);
    if (page && greeter !== undefined) {
      const excerpt = bodyExcerpt(page.leg, page.body, /<title>/i);
      return {
        confidence: 0.8,
        evidence: [startLine(page), ...(excerpt ? [excerpt] : presentFields(page, 'Server', 'Content-Length')), ...host],
        title: `${greeter} answered as it does where it has no site for that host name`,
      };
    }
    const suspicious = refusedWith(exchange, 400);
    if (suspicious && request && djangoPage.test(suspicious.body) && request.head.defects.length === 0) {
      const excerpt = bodyExcerpt(suspicious.leg, suspicious.body, /<h1>/);
      return {
        confidence: 0.8,
        evidence: [startLine(suspicious), ...(excerpt ? [excerpt] : []), ...host],
        title: `Django calls the request bad, as it does where ${field(request.head, hostField(request.head)) ?? 'the Host'} is not in ALLOWED_HOSTS`,
      };
    }
    const answer = refusedWith(exchange, 400, 403, 404);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    return answer && said ? { confidence: 0.95, evidence: [startLine(answer), said, ...host] } : undefined;
  },
});

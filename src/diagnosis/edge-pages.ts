import type { Evidence } from '../model/finding.js';
import { field, fieldValues } from '../model/head.js';
import { bodyExcerpt, fieldEvidence, presentFields } from './evidence.js';
import type { Answer } from './sights.js';

/**
 * What an edge (a CDN, a load balancer of a cloud, a filter of a company) means by an answer that it writes itself, in place of any server:
 * `filter`: it lets this request not pass. `no-host`: nobody has set up that host name there. `no-path`: nor that path.
 * `storage`: there are files, and no program that could speak WebSocket.
 */
export type EdgeMeaning = 'filter' | 'no-host' | 'no-path' | 'storage';

interface Saying {
  readonly meaning: EdgeMeaning;
  readonly statuses: readonly number[];
  /** A field that must be there, and what its value must hold. */
  readonly named?: readonly [name: string, value: RegExp];
  /** What the body must hold. */
  readonly says?: RegExp;
}

const any = /./;
const cloudflare = ['Server', /^cloudflare/i] as const;
const cloudfront = ['Server', /^CloudFront$/i] as const;

/** As their documentation gives them; ALB, CloudFront and Akamai write themselves into Server only where they answer themselves. */
const sayings: readonly Saying[] = [
  { meaning: 'filter', statuses: [403], named: cloudflare, says: /used Cloudflare to restrict access/ },
  // Banned addresses, countries, networks, browsers, firewall rules; the names are the table of "1xxx errors" in Cloudflare's documentation.
  { meaning: 'filter', statuses: [403], named: cloudflare, says: /(error code: |>|Error )(100[5-9]|101[0-2]|1020|1106)\b/ },
  { meaning: 'no-host', statuses: [403, 409], named: cloudflare, says: /(error code: |>|Error )(100[0-4]|1013|1014|1018|1023|1034)\b/ },
  { meaning: 'no-host', statuses: [403], named: cloudfront, says: /<H2>The request could not be satisfied\.<\/H2>[\s\S]*\nBad request\./i },
  { meaning: 'filter', statuses: [403], named: cloudfront, says: any },
  // A web ACL, or a listener rule with a fixed response.
  { meaning: 'filter', statuses: [403], named: ['Server', /^awselb\//i] },
  { meaning: 'no-path', statuses: [403], named: ['x-amzn-ErrorType', /^MissingAuthenticationToken/] },
  { meaning: 'no-host', statuses: [400], named: ['Server', /^AkamaiGHost/i], says: /<H1>Invalid URL<\/H1>/i },
  { meaning: 'no-host', statuses: [404, 500, 503], says: /^[\s\S]{0,300}Fastly error: unknown domain/ },
  { meaning: 'no-host', statuses: [404], named: ['X-Vercel-Error', /^DEPLOYMENT_NOT_FOUND/] },
  { meaning: 'no-host', statuses: [404], named: ['Ngrok-Error-Code', /^ERR_NGROK_3200/] },
  {
    meaning: 'no-host',
    statuses: [404],
    says: /herokucdn\.com\/error-pages\/no-such-app|There isn't a GitHub Pages site here|404 Web Site not found\. You may be seeing/,
  },
  // ngrok shows browsers a warning first, until a field `ngrok-skip-browser-warning` is sent.
  { meaning: 'filter', statuses: [200], named: ['Ngrok-Error-Code', /^ERR_NGROK_6024/] },
  { meaning: 'storage', statuses: [400, 403, 404, 405], named: ['Server', /^(AmazonS3|UploadServer|Windows-Azure-(Blob|Web)\/)/i] },
  { meaning: 'filter', statuses: [403], says: /^RBAC: access denied$/ },
  {
    meaning: 'filter',
    statuses: [200, 403, 503],
    says: /The requested URL was rejected\. Please consult with your administrator|Incapsula incident ID|<title>Web Page Blocked/,
  },
  { meaning: 'filter', statuses: [403], named: ['Server', /^(Zscaler\/|ddos-guard)/i] },
  { meaning: 'filter', statuses: [403], named: ['Via', /McAfee Web Gateway|Skyhigh|Zscaler|IronPort|WSA/i], says: /block|denied/i },
  { meaning: 'filter', statuses: [403, 503], says: /\(policy_denied\)|Your system policy has denied access|blocked by the URL filter/i },
  {
    meaning: 'filter',
    statuses: [403, 503],
    says: /\b(web ?site|web ?page|page|request|URL|content)\b[^<.]{0,80} (has been|is|was) (blocked|denied) (by|in accordance with|due to|because of) (your|the|our|a|company|corporate|security|network|local)\b/i,
  },
];

/** Where filters send what they do not let pass. */
const blockPage = /^https?:\/\/(block(ed|page)?\.|[^/]*\.opendns\.com\/)|\/(block-?page|urlblock|access-?denied)\b/i;

const showing = (answer: Answer, { named, says }: Saying): readonly Evidence[] | undefined => {
  const nth = named ? fieldValues(answer.head, named[0]).findIndex((value) => named[1].test(value)) : -1;
  if (named && nth === -1) return undefined;
  const said = says?.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, says) : undefined;
  if (says && !said) return undefined;
  return [...(named ? [fieldEvidence(answer, named[0], nth)] : []), ...(said ? [said] : [])];
};

/** What an edge says for itself with this answer, and by which bytes one knows; undefined where it is nobody's page that is known. */
export const edgeSays = (answer: Answer): { readonly meaning: EdgeMeaning; readonly evidence: readonly Evidence[] } | undefined => {
  if ([301, 302, 303, 307].includes(answer.status) && blockPage.test(field(answer.head, 'Location') ?? ''))
    return { meaning: 'filter', evidence: presentFields(answer, 'Location') };
  for (const saying of sayings) {
    const evidence = saying.statuses.includes(answer.status) ? showing(answer, saying) : undefined;
    if (evidence) return { meaning: saying.meaning, evidence };
  }
  return undefined;
};

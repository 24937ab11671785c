import { field } from '../../model/head.js';
import { fieldEvidence, presentFields } from '../evidence.js';
import { flawOf } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'intermediary.caching',
  cause: 'intermediary',
  severity: 'error',
  title: 'The 101 came out of a cache',
  question: 'Does the accept value belong to another key in an answer that a cache has marked?',
  remedy: 'Switch caching off for the path of the WebSocket.',
  fixes: [
    { for: 'nginx', text: 'Switch the cache off for the location.', config: 'proxy_cache off;' },
    { for: 'AWS', text: 'Use the policy CachingDisabled for the path.' },
    {
      for: 'Varnish',
      text: 'Pipe upgrades instead of looking them up.',
      config: 'if (req.http.upgrade ~ "(?i)websocket") { return (pipe); }',
    },
  ],
  rfc: 'RFC 6455 1.3, 10.3',
  examine: (exchange) => {
    const seen = flawOf(exchange, 'accept-mismatch');
    if (!seen) return undefined;
    const hit = /\bHIT\b/i.test(field(seen.head, 'X-Cache') ?? field(seen.head, 'CF-Cache-Status') ?? '');
    if (!hit && !(Number(field(seen.head, 'Age')) > 0)) return undefined;
    return {
      confidence: 0.93,
      evidence: [fieldEvidence(seen, 'Sec-WebSocket-Accept'), ...presentFields(seen, 'X-Cache', 'CF-Cache-Status', 'Age')],
    };
  },
});

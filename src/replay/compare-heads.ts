import { fieldValues, type Head } from '../model/head.js';

/**
 * Fields of an answer that differ between two healthy answers of the same server: times, and names that a server, a proxy or a CDN gives to one
 * request. They are not compared.
 */
export const volatileFields: ReadonlySet<string> = new Set([
  'age',
  'cf-ray',
  'date',
  'etag',
  'expires',
  'fly-request-id',
  'last-modified',
  'nel',
  'report-to',
  'request-id',
  'server-timing',
  'traceparent',
  'tracestate',
  'x-amz-cf-id',
  'x-amz-cf-pop',
  'x-amz-request-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-azure-ref',
  'x-b3-spanid',
  'x-b3-traceid',
  'x-cache',
  'x-cloud-trace-context',
  'x-correlation-id',
  'x-envoy-upstream-service-time',
  'x-github-request-id',
  'x-kong-proxy-latency',
  'x-kong-request-id',
  'x-kong-upstream-latency',
  'x-ms-request-id',
  'x-request-id',
  'x-request-start',
  'x-response-time',
  'x-runtime',
  'x-served-by',
  'x-timer',
  'x-trace-id',
  'x-vercel-id',
]);

/** What of a value is compared where the rest is made anew for each answer. */
const lastingPart: Readonly<Record<string, (value: string) => string>> = {
  'set-cookie': (value) => `${value.slice(0, Math.max(0, value.indexOf('=')))}=...`,
  // Digest and NTLM put a nonce behind the scheme.
  'www-authenticate': (value) => value.split(' ', 1)[0] ?? '',
  'proxy-authenticate': (value) => value.split(' ', 1)[0] ?? '',
};

/** The fields that differ, names in lower case; `recorded` and `now` are what was compared, or null where the field is absent. */
export const compareFields = (
  recorded: Head,
  now: Head,
  ignored: ReadonlySet<string>,
): readonly { readonly name: string; readonly recorded: string | null; readonly now: string | null }[] => {
  const names = new Set([...recorded.headers, ...now.headers].map(([name]) => name.toLowerCase()));
  return [...names]
    .filter((name) => !volatileFields.has(name) && !ignored.has(name))
    .map((name) => ({ name, recorded: comparable(recorded, name), now: comparable(now, name) }))
    .filter(({ recorded: then, now: later }) => then !== later);
};

const comparable = (head: Head, name: string): string | null => {
  const values = fieldValues(head, name);
  if (values.length === 0) return null;
  const part = Object.hasOwn(lastingPart, name) ? lastingPart[name] : undefined;
  return values.map((value) => part?.(value) ?? value).join(', ');
};

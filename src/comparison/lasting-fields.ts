/** Fields whose values differ between any two requests, or answers: times, and names that a server, a proxy or a CDN gives to one request. */
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

const parts: Readonly<Record<string, (value: string) => string>> = {
  'set-cookie': (value) => `${value.slice(0, Math.max(0, value.indexOf('=')))}=...`,
  // Digest and NTLM put a nonce behind the scheme.
  'www-authenticate': (value) => value.split(' ', 1)[0] ?? '',
  'proxy-authenticate': (value) => value.split(' ', 1)[0] ?? '',
};

/** What of a field's value lasts, where the rest is made anew for each answer; `name` in lower case. */
export const lastingPart = (name: string, value: string): string =>
  (Object.hasOwn(parts, name) ? parts[name]?.(value) : undefined) ?? value;

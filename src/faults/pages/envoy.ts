import type { Page, Setting } from './page.js';

const bodies: Readonly<Record<403 | 502 | 503 | 504, string>> = {
  // Where the route has no upgrade_configs: no word about why.
  403: '',
  502: 'upstream connect error or disconnect/reset before headers. reset reason: protocol error',
  503: 'no healthy upstream',
  504: 'upstream request timeout',
};

/** A local reply of Envoy, as its documentation has it; fields in lower case. Istio's differs by its name. */
export const envoyPage = (status: keyof typeof bodies, { date }: Setting, server = 'envoy'): Page => {
  const body = bodies[status];
  return {
    status,
    fields: [
      ['content-length', null],
      ['content-type', body === '' ? undefined : 'text/plain'],
      ['date', date],
      ['server', server],
      ['connection', 'close'],
    ],
    body,
  };
};

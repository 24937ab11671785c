const redirect = ['server.redirect', 'server.auth', 'intermediary.captive-portal', 'intermediary.redirect-https'] as const;
const gateway = ['intermediary.bad-gateway'] as const;

/** What an HTTP status in place of 101 may mean, the most likely first. Statuses over 511 are of Cloudflare, 494 to 499 of nginx. */
const byStatus: Readonly<Record<number, readonly string[]>> = {
  100: ['server.informational'],
  101: ['server.missing-upgrade', 'server.missing-connection', 'server.bad-connection', 'intermediary.response-header-rewritten'],
  103: ['server.informational'],
  200: [
    'server.status-200',
    'url.wrong-endpoint',
    'intermediary.upgrade-stripped',
    'server.no-upgrade-handler',
    'intermediary.http10-downgrade',
  ],
  204: ['server.status-unexpected', 'url.wrong-endpoint'],
  301: ['server.redirect', 'intermediary.redirect-https', 'url.wrong-endpoint'],
  302: redirect,
  303: redirect,
  307: redirect,
  308: redirect,
  400: [
    'server.bad-request',
    'intermediary.upgrade-stripped',
    'intermediary.connection-header-lost',
    'url.wrong-endpoint',
    'url.socketio-params',
  ],
  401: ['server.auth', 'origin.rejected', 'origin.credentials-missing'],
  403: ['origin.rejected', 'server.forbidden', 'intermediary.waf-block', 'intermediary.connect-refused'],
  404: ['url.not-found', 'origin.rejected', 'url.wrong-endpoint'],
  405: ['server.method', 'url.wrong-endpoint'],
  406: ['intermediary.waf-block'],
  407: ['intermediary.proxy-auth-required'],
  413: ['server.status-unexpected'],
  418: ['intermediary.waf-block'],
  421: ['url.wrong-host'],
  425: ['server.too-early'],
  426: ['server.upgrade-required', 'intermediary.upgrade-stripped', 'server.version-unsupported'],
  429: ['intermediary.rate-limited'],
  431: ['server.header-too-large', 'intermediary.header-too-large'],
  451: ['intermediary.waf-block'],
  494: ['intermediary.header-too-large'],
  495: ['certificate.client-cert-rejected'],
  496: ['certificate.client-cert-required'],
  497: ['url.scheme-mismatch-plain-to-tls'],
  499: ['client.closed-early'],
  500: ['server.internal-error'],
  501: ['server.status-unexpected', 'intermediary.protocol-not-enabled'],
  502: [...gateway, 'intermediary.connect-refused'],
  503: ['intermediary.unavailable', 'server.overloaded'],
  504: ['intermediary.gateway-timeout'],
  505: ['server.http-version'],
  511: ['intermediary.captive-portal'],
};

/** For a status that the table does not hold, what its class allows. */
export const codesOfStatus = (status: number): readonly string[] => {
  const known = byStatus[status];
  if (known) return known;
  if (status < 200) return ['server.informational'];
  if (status < 400)
    return status < 300 ? ['server.status-200', 'server.status-unexpected'] : ['server.redirect', 'server.status-unexpected'];
  if (status < 500) return ['server.status-unexpected', 'server.bad-request'];
  return status >= 520 && status <= 530 ? gateway : ['server.status-unexpected', 'server.internal-error'];
};

/** The statuses that may mean a finding, those first of which it is the likeliest meaning. `among`: of how many meanings. */
export const statusesOf = (code: string): readonly { readonly status: number; readonly among: number }[] =>
  Object.entries(byStatus)
    .filter(([, codes]) => codes.includes(code))
    .sort(([, one], [, other]) => one.indexOf(code) - other.indexOf(code))
    .map(([status, codes]) => ({ status: Number(status), among: codes.length }));

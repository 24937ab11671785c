/** What a browser is started with. */
export interface Start {
  /** `http://127.0.0.1:8101`. */
  readonly proxy: string;
  /** The throw-away profile's folder. */
  readonly profile: string;
  readonly url: string;
  /** The user's own arguments. */
  readonly more: readonly string[];
}

/** Requests of its own that Chromium can be talked out of; each one would be an exchange in the list. */
const ownRequests = [
  ...['OptimizationHints', 'OptimizationGuideModelDownloading', 'OptimizationGuideOnDeviceModel', 'MediaRouter', 'DialMediaRouteProvider'],
  ...[
    'Translate',
    'InterestFeedContentSuggestions',
    'CertificateTransparencyComponentUpdater',
    'AutofillServerCommunication',
    'ChromeWhatsNewUI',
  ],
];

/**
 * Arguments of Chromium, Chrome and Edge. Where they cannot be made to trust our CA, they trust the key that all our sound leaves share: a bad leaf,
 * mirrored or of a fault, has another key (authority/mint.ts), so it is refused as ever, though always as if by an unknown authority. No flag here
 * switches off a check, lets pages do more, or opens a control port.
 */
export const chromiumArguments = (
  start: Start,
  trust: { readonly leafPin: string | null; readonly sandbox: boolean },
): readonly string[] => [
  `--user-data-dir=${start.profile}`,
  `--proxy-server=${start.proxy}`,
  // Chromium never proxies loopback hosts otherwise.
  '--proxy-bypass-list=<-loopback>',
  ...(trust.leafPin === null ? [] : [`--ignore-certificate-errors-spki-list=${trust.leafPin}`]),
  ...['--no-first-run', '--no-default-browser-check', '--disable-default-apps', '--disable-search-engine-choice-screen'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-domain-reliability'],
  ...['--metrics-recording-only', '--disable-breakpad', '--no-pings', `--disable-features=${ownRequests.join(',')}`],
  // Neither asks for the user's keyring nor writes to it.
  ...['--password-store=basic', '--use-mock-keychain'],
  // Chromium's sandbox refuses to work for root.
  ...(trust.sandbox ? [] : ['--no-sandbox']),
  ...start.more,
  start.url,
];

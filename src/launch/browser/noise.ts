import type { BrowserName } from './places.js';

/** Hosts that browsers talk to on their own account; `*` stands for any characters. Seen, or named in the makers' lists for network administrators. */
const chromium = [
  ...['accounts.google.com', 'android.clients.google.com', 'clients*.google.com', 'safebrowsing.google.com', 'sb-ssl.google.com'],
  ...['update.googleapis.com', 'clientservices.googleapis.com', 'content-autofill.googleapis.com', 'optimizationguide-pa.googleapis.com'],
  ...['safebrowsing*.googleapis.com', 'passwordsleakcheck-pa.googleapis.com', 'chromesyncpasswords-pa.googleapis.com'],
  ...['chromefeedcontentsuggestions-pa.googleapis.com', 'chromewebstore.googleapis.com', 'mtalk.google.com', '*.gvt1.com'],
];
const edge = [
  ...['edge.microsoft.com', '*.edge.microsoft.com', 'edgeservices.bing.com', 'config.edge.skype.com', '*.smartscreen.microsoft.com'],
  ...['*.events.data.microsoft.com', 'msedge.api.cdp.microsoft.com', 'ntp.msn.com', 'assets.msn.com', 'arc.msn.com'],
];
const firefox = [
  ...['*.services.mozilla.com', '*.cdn.mozilla.net', '*.mozilla.net', '*.mozaws.net', 'detectportal.firefox.com', '*.accounts.firefox.com'],
  ...['aus5.mozilla.org', 'services.addons.mozilla.org', 'versioncheck*.addons.mozilla.org', '*.telemetry.mozilla.org'],
  ...['ads.mozilla.org', 'mozilla.cloudflare-dns.com', 'ciscobinary.openh264.org', 'safebrowsing.googleapis.com', '*.gvt1.com'],
];

export const noiseHosts: Readonly<Record<BrowserName, readonly string[]>> = {
  chrome: chromium,
  chromium,
  edge: [...edge, ...chromium],
  firefox,
};

const compiled = new WeakMap<readonly string[], RegExp>();

const patternOf = (globs: readonly string[]): RegExp => {
  const known = compiled.get(globs);
  if (known) return known;
  const alternatives = globs.map((glob) => glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'));
  const pattern = new RegExp(`^(?:${alternatives.join('|')})$`, 'i');
  compiled.set(globs, pattern);
  return pattern;
};

/** Whether an exchange with that target is the browser's own business. Unknown targets are not. */
export const isBrowserNoise = (target: { readonly host: string } | null, globs: readonly string[]): boolean =>
  target !== null && globs.length > 0 && patternOf(globs).test(target.host.replace(/\.$/, ''));

/** The globs of a browser, but for those that would hide the page that the user asked for. */
export const noiseOf = (name: BrowserName, page: { readonly host: string }): readonly string[] =>
  noiseHosts[name].filter((glob) => !isBrowserNoise(page, [glob]));

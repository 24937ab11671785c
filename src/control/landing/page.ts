import { createHash } from 'node:crypto';
import { type ClientSetup, clientSetups, type SetupFacts } from '../../authority/client-setup.js';
import { selfCheckScript } from './self-check.js';
import { pageStyle } from './style.js';

export interface LandingFacts extends SetupFacts {
  readonly caPath: string;
  readonly fingerprint: string;
  /** `YYYY-MM-DD`. */
  readonly validTo: string;
  readonly version: string;
}

/** Escapes text for HTML, attributes included. */
const html = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A sentence with code between backquotes. */
const sentence = (text: string): string => html(text).replace(/`([^`]*)`/g, '<code>$1</code>');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The one script and the one style by their hashes, and no connection but those of the self-check. */
export const landingPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(selfCheckScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  'img-src data:',
  `connect-src ${['http', 'https', 'ws', 'wss'].map((scheme) => `${scheme}://shakedown.test`).join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const check = (id: string, about: string): string =>
  `<li id="${id}"><span class="sign" aria-hidden="true"></span><span class="says">${html(about)}</span></li>`;

const client = ({ client: name, point, trust, example }: ClientSetup): string => `<details><summary>${html(name)}</summary>
<p>${sentence(point)}</p>
<p>${sentence(`Trust: ${trust}`)}</p>
${example.length === 0 ? '' : `<pre>${html(example.join('\n'))}</pre>\n`}</details>`;

/** The page at the port itself and at shakedown.test: how to point an app here, the CA, and whether this very browser does both. */
export const landingHtml = (page: LandingFacts): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>shakedown</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head><body>
<h1>shakedown is running</h1>
<p>This is a proxy that explains WebSocket handshakes. Set an app's HTTP or SOCKS proxy to this address, and leave its URL as it is:</p>
<pre class="address">${html(page.proxy)}</pre>
<h2>This browser</h2>
<ul class="checks">
${check('through', 'Does your browser come through the proxy?')}
${check('trust', 'Does it trust the CA?')}
${check('socket', 'Does its WebSocket work?')}
</ul>
<noscript><p class="dim">These checks need JavaScript. The rest of the page does without.</p></noscript>
<h2>The certificate authority</h2>
<p>For <code>wss</code> and <code>https</code> an app must trust shakedown's CA. It was made on this machine, for this user. Whoever trusts it lets shakedown read their TLS: trust it for one
process or one browser profile where you can.</p>
<p><a href="/ca.pem" download="shakedown-ca.pem">ca.pem</a> for most programs, <a href="/ca.crt">ca.crt</a> (DER) for browsers, Windows and phones.</p>
<dl>
<dt>SHA-256</dt><dd><code id="fingerprint">${html(page.fingerprint)}</code></dd>
<dt>Valid until</dt><dd>${html(page.validTo)}</dd>
<dt>On this machine</dt><dd><code>${html(page.caPath)}</code></dd>
</dl>
<h2>Clients</h2>
${clientSetups(page).map(client).join('\n')}
<p class="dim">Any other client: its proxy setting, HTTP, HTTPS or SOCKS5. Without one, start shakedown with <code>--reverse URL</code> and open the WebSocket to this port.</p>
<p class="dim">shakedown ${html(page.version)}</p>
<script>${selfCheckScript}</script>
</body></html>
`;

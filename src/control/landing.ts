/** Escapes text for HTML, attributes included. */
const html = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page at the port itself: how to point an app here, and the CA. No script, no network, a strict policy. */
export const landingHtml = (page: {
  readonly proxy: string;
  readonly caPath: string;
  readonly fingerprint: string;
}): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>shakedown</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}pre{overflow:auto;padding:.7rem;border:1px solid #8886;border-radius:.4rem}</style>
</head><body>
<h1>shakedown is running</h1>
<p>This is a proxy that explains WebSocket handshakes. Point an app's proxy setting at <code>${html(page.proxy)}</code> and leave its URL as it is:</p>
<pre>curl --proxy ${html(page.proxy)} --cacert ${html(page.caPath)} https://example.test/
chromium --proxy-server=${html(page.proxy)} --proxy-bypass-list='&lt;-loopback&gt;'
HTTPS_PROXY=${html(page.proxy)} NODE_EXTRA_CA_CERTS=${html(page.caPath)} node app.js</pre>
<p>For <code>wss</code> the app must trust shakedown's certificate authority: <a href="/ca.pem" download="shakedown-ca.pem">ca.pem</a>, SHA-256</p>
<pre>${html(page.fingerprint)}</pre>
<p>An app without a proxy setting: start shakedown with <code>--reverse URL</code> and open the WebSocket to this port.</p>
</body></html>
`;

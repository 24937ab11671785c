import { defineRule } from '../rule.js';

/** Browsers take these for safe whatever the scheme (measured: Chromium 156, Firefox 153). */
const isLoopback = (host: string): boolean => /(^|\.)localhost\.?$/i.test(host) || /^127\./.test(host) || host === '::1';

export const rule = defineRule({
  code: 'url.mixed-content',
  of: 'url',
  cause: 'url',
  severity: 'warning',
  title: 'A browser lets no page that came by HTTPS open ws://',
  question: 'Is the Origin an https one, the scheme ws, and the host another machine?',
  remedy: 'Open wss:// from pages that came by HTTPS. Only ws:// to this very machine is allowed there.',
  fixes: [
    {
      for: 'the client',
      text: "Take the scheme from the page's own.",
      config: "const scheme = location.protocol === 'https:' ? 'wss' : 'ws';",
    },
    { for: 'the server', text: 'Offer the WebSocket by TLS, too, most easily behind the proxy that serves the page.' },
  ],
  rfc: 'Mixed Content 4; WHATWG WebSockets 3.1',
  judge: ({ read: { target }, origin, text }) => {
    if (target?.scheme !== 'ws' || isLoopback(target.host) || !/^https:\/\//i.test(origin ?? '')) return undefined;
    return {
      confidence: 0.97,
      evidence: [
        { leg: 'client', what: 'url', text },
        { leg: 'client', what: 'url', text: `Origin: ${origin}` },
      ],
    };
  },
});

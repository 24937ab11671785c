import { defineRule } from '../rule.js';
import { flawVerdict } from '../url-flaws.js';

export const rule = defineRule({
  code: 'url.malformed',
  of: 'url',
  cause: 'url',
  severity: 'error',
  title: 'This is no URL of a WebSocket',
  question: 'Does the text lack a scheme or a host, or name a port that is none?',
  remedy: 'Write the whole URL: ws:// or wss://, the host, a port from 1 to 65535 where it is not the usual one, the path.',
  fixes: [
    {
      for: 'the client',
      text: 'Build the URL from where the page itself comes from.',
      config: "const url = new URL('/chat', location.href);\nurl.protocol = url.protocol.replace('http', 'ws');\nnew WebSocket(url);",
    },
    {
      for: 'the client',
      text: 'Look at what the URL is put together from: a variable of the environment that is not set leaves "undefined" or nothing in its place.',
    },
  ],
  rfc: 'RFC 6455 3',
  judge: (asked) => flawVerdict(asked, 'url.malformed'),
});

import { flawOf, flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.bad-connection',
  cause: 'server',
  severity: 'error',
  title: 'Connection of the 101 does not name Upgrade',
  question: 'Does Connection in the 101 lack Upgrade, or name more than that?',
  remedy:
    'Send exactly Connection: Upgrade. A list is legal, but undici, the WebSocket of Node, faye, aiohttp 3.8, OkHttp and tornado refuse it.',
  fixes: [
    { for: 'the server', text: 'Send exactly this.', config: 'Connection: Upgrade' },
    { for: 'nginx', text: 'Do not set Connection in answers of the WebSocket location.' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const verdict = flawVerdict(exchange, 'bad-connection');
    const legal = flawOf(exchange, 'bad-connection')?.flaw.legal;
    return verdict && legal
      ? { ...verdict, title: 'Connection of the 101 names more than Upgrade: legal, but undici, faye, aiohttp and tornado refuse it' }
      : verdict;
  },
});

import { defineRule } from '../rule.js';
import { dialFailureOf, targetName } from '../sights.js';

export const rule = defineRule({
  code: 'url.refused',
  cause: 'url',
  severity: 'error',
  title: 'Nothing listens on that port',
  question: 'Was the TCP connection refused (a RST in answer to the SYN)?',
  remedy:
    'Start the server, or correct host and port. A server that listens on 127.0.0.1 only is not reachable from outside its container or machine.',
  fixes: [
    { for: 'the server', text: 'Start it and look which address and port it listens on.', config: 'ss -ltnp' },
    { for: 'Docker', text: 'Listen on 0.0.0.0 inside the container, and publish the port.', config: 'docker run -p 8080:8080 image' },
    { for: 'the client', text: 'localhost may mean ::1 first while the server listens on 127.0.0.1 only: try both.' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const dialFailure = dialFailureOf(exchange);
    if (dialFailure?.code !== 'ECONNREFUSED') return undefined;
    const attempts = dialFailure.attempts.map(({ address, code, ms }) => ({
      leg: 'server' as const,
      what: 'connect' as const,
      text: `${address}: ${code} after ${ms.toFixed(1)} ms`,
    }));
    return {
      confidence: 0.98,
      evidence: [{ leg: 'server', what: 'connect', text: `${dialFailure.code}: ${dialFailure.message}` }, ...attempts],
      title: `Nothing listens on ${targetName(exchange)}`,
    };
  },
});

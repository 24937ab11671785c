import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'sticky-session-lost',
  title: 'The load balancer forgets which server a client belongs to',
  about:
    'The cookie by which the balancer would know the server is lost, and the handshake of Socket.IO reaches a process that does not know its session: 400 `Session ID unknown`, each second time. Give `no-sticky` the addresses of two servers of yours for the real thing.',
  imitates: 'Socket.IO, SignalR or SockJS on more than one server behind a balancer whose sessions are not sticky.',
  rules: `rules:
  - name: the cookie is lost
    faults: [drop-balancer-cookie]
  - name: the other server answers
    match: { path: "/socket.io/*", every: 2 }
    faults:
      - socketio-400: { reason: session }
`,
  expects: ['intermediary.sticky-session'],
};

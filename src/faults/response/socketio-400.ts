import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

/** The codes of engine.io in their order; measured with socket.io 4.8.4. */
const messages = [
  'Transport unknown',
  'Session ID unknown',
  'Bad handshake method',
  'Bad request',
  'Forbidden',
  'Unsupported protocol version',
] as const;

const reasons = ['transport', 'session', 'method', 'request', 'forbidden', 'version'] as const;

export const fault = defineFault({
  id: 'socketio-400',
  stage: 'response',
  leg: 'client',
  title: 'Socket.io refuses the handshake',
  about:
    'The answer to the handshake is replaced by a refusal of engine.io: 400 with the reason as JSON, as its polling transport says it, or as bare text, as its WebSocket transport does.',
  imitates:
    'A client of another major version (`version`), a URL without `transport=websocket` (`transport`), a load balancer without sticky sessions that sends the upgrade to another process (`session`), `allowRequest` that says no (`forbidden`).',
  params: {
    reason: { type: 'string', default: 'transport', choices: reasons, about: 'What engine.io minds.' },
    form: { type: 'string', default: 'json', choices: ['json', 'text'], about: 'How it says so.' },
  },
  example: 'socketio-400:reason=session',
  expects: ['intermediary.sticky-session', 'url.socketio-params', 'server.bad-request', 'server.forbidden', 'origin.rejected'],
  effects: [
    {
      client: 'socket.io-client',
      sees: "connect_error 'websocket error'; over polling 'xhr poll error'. The reason is in its description.",
    },
    ...refusedEffects,
  ],
  rows: ['url.status'],
  apply: (_, { reason, form }) => {
    const code = reasons.indexOf(reason);
    const message = messages[code] ?? '';
    return writePage({
      status: form === 'json' && reason === 'forbidden' ? 403 : 400,
      fields: [
        ['Connection', 'close'],
        [form === 'json' ? 'Content-Type' : 'Content-type', form === 'json' ? 'application/json' : 'text/html'],
        ['Content-Length', null],
      ],
      body: form === 'json' ? JSON.stringify({ code, message }) : message,
    });
  },
});

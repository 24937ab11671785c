import type { Setup } from '../setup.js';
import { startTlsCaddy } from './support.js';

export const setup: Setup = {
  id: 'tls-caddy-internal',
  title: 'Caddy with `tls internal`: its own CA, which nobody has imported',
  needs: ['caddy'],
  cause: 'certificate',
  codes: ['certificate.unknown-ca'],
  start: async (grounds) => ({ url: `wss://localhost:${await startTlsCaddy(grounds, { tls: 'internal' })}/chat` }),
};

import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-unknown-name',
  title: 'A name that does not exist (RFC 6761 reserves .invalid)',
  cause: 'url',
  codes: ['url.dns'],
  start: async () => ({ url: 'ws://chat.invalid:8080/chat' }),
};

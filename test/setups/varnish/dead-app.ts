import type { Setup } from '../setup.js';
import { varnishWith } from './support.js';

export const setup: Setup = {
  id: 'varnish-dead-app',
  title: 'Varnish before a port where nothing listens: 503 Backend fetch failed',
  needs: ['varnishd', 'gcc'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable', 'intermediary.bad-gateway'],
  start: async (grounds) => varnishWith(grounds, await grounds.freePort(), ''),
};

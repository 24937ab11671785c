import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { varnishWith } from './support.js';

export const setup: Setup = {
  id: 'varnish-no-pipe',
  title: 'Varnish as it comes: it passes requests on, and no upgrade',
  needs: ['varnishd', 'gcc'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => varnishWith(grounds, await startApp(grounds), ''),
  mends: [['Varnish', 'upgrade']],
  mended: async (grounds) => varnishWith(grounds, await startApp(grounds), remedyOf('Varnish', 'upgrade')),
};

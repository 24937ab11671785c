import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { varnishWith } from './support.js';

export const setup: Setup = {
  id: 'varnish-pipe-alone',
  title: 'Varnish with pipe for upgrades, without the two fields: npm ws says 426',
  needs: ['varnishd', 'gcc'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped', 'intermediary.connection-header-lost'],
  start: async (grounds) =>
    varnishWith(grounds, await startWs(grounds), 'sub vcl_recv { if (req.http.upgrade ~ "(?i)websocket") { return (pipe); } }'),
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { varnishWith } from './support.js';

export const setup: Setup = {
  id: 'varnish-synthetic',
  title: 'Varnish lets no robot in: a synthetic 403 of its own',
  needs: ['varnishd', 'gcc'],
  cause: 'intermediary',
  codes: ['intermediary.waf-block'],
  start: async (grounds) =>
    varnishWith(
      grounds,
      await startApp(grounds),
      'sub vcl_recv { if (req.http.user-agent !~ "Mozilla") { return (synth(403, "Blocked")); } }',
    ),
};

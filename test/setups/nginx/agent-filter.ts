import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-agent-filter',
  title: 'nginx lets nobody in whose User-Agent is no browser: 403',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.waf-block', 'server.forbidden'],
  start: async (grounds) =>
    nginxWith(
      grounds,
      location('if ($robot) { return 403; }', passTo(await startApp(grounds)), upgradeLines),
      'map $http_user_agent $robot { default 1; "~Mozilla/" 0; }',
    ),
};

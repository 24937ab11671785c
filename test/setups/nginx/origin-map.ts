import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-origin-map',
  title: 'nginx refuses by map every Origin but one: its own 403',
  needs: ['nginx'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const asking = await nginxWith(
      grounds,
      location('if ($foreign) { return 403; }', passTo(await startApp(grounds)), upgradeLines),
      'map $http_origin $foreign { default 1; "" 0; "https://app.example" 0; }',
    );
    return { ...asking, origin: 'https://evil.example' };
  },
};

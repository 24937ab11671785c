import { startSameHost } from '../backends.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

const lines = upgradeLines.replace(/proxy_set_header Host \S+/, '');

export const setup: Setup = {
  id: 'nginx-host-rewritten',
  title: 'nginx puts the name of the upstream into Host, and the application refuses the Origin that no longer fits',
  needs: ['nginx'],
  cause: 'origin',
  codes: ['origin.host-rewritten', 'origin.rejected'],
  start: async (grounds) => {
    const asking = await nginxWith(grounds, location(passTo(await startSameHost(grounds)), lines));
    return { ...asking, origin: new URL(asking.url.replace('ws:', 'http:')).origin };
  },
  mends: [['nginx', 'host']],
  mended: async (grounds) => {
    // $host leaves the port out, which the page of a real site does not name.
    const shown = remedyOf('nginx', 'host').replace('$host', '$host:$server_port');
    const asking = await nginxWith(grounds, location(passTo(await startSameHost(grounds)), lines, shown));
    return { ...asking, origin: new URL(asking.url.replace('ws:', 'http:')).origin };
  },
};

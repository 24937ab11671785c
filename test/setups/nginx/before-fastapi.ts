import { startFastApi } from '../fastapi/support.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo } from './through.js';

export const setup: Setup = {
  id: 'nginx-before-fastapi',
  title: 'nginx with proxy_pass alone before FastAPI, which says 404 to plain HTTP at the path of its WebSocket',
  needs: ['nginx', 'python3:fastapi', 'python3:uvicorn', 'python3:websockets'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped', 'intermediary.http10-downgrade'],
  start: async (grounds) => {
    const { port } = new URL((await startFastApi(grounds, { path: '/ws' })).url);
    const asking = await nginxWith(grounds, location(passTo(Number(port))));
    return { ...asking, url: asking.url.replace('/chat', '/ws') };
  },
};

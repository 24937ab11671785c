import type { Setup } from '../setup.js';
import { startFastApi } from './support.js';

export const setup: Setup = {
  id: 'fastapi-unknown-path',
  title: 'FastAPI asked for a path without a WebSocket route: 403, as Starlette says to all of these',
  needs: ['python3:fastapi', 'python3:uvicorn', 'python3:websockets'],
  cause: 'url',
  codes: ['url.not-found', 'url.wrong-endpoint'],
  start: (grounds) => startFastApi(grounds, { path: '/live' }),
  doctorOnly: 'That another path opens shows when that is tried.',
};

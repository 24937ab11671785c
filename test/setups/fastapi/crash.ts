import type { Setup } from '../setup.js';
import { startFastApi } from './support.js';

export const setup: Setup = {
  id: 'fastapi-crash',
  title: 'FastAPI whose WebSocket route raises before it accepts: 500',
  needs: ['python3:fastapi', 'python3:uvicorn', 'python3:websockets'],
  cause: 'server',
  codes: ['server.internal-error'],
  start: (grounds) => startFastApi(grounds, { path: '/boom' }),
};

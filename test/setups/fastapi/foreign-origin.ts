import type { Setup } from '../setup.js';
import { startFastApi } from './support.js';

export const setup: Setup = {
  id: 'fastapi-foreign-origin',
  title: 'FastAPI that closes before it accepts, because of the Origin: 403',
  needs: ['python3:fastapi', 'python3:uvicorn', 'python3:websockets'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: (grounds) => startFastApi(grounds, { path: '/ws', origin: 'https://other.example' }),
};

import type { Setup } from '../setup.js';
import { startFastApi } from './support.js';

export const setup: Setup = {
  id: 'fastapi-healthy',
  title: 'FastAPI with uvicorn, as it comes',
  needs: ['python3:fastapi', 'python3:uvicorn', 'python3:websockets'],
  cause: null,
  codes: [],
  start: (grounds) => startFastApi(grounds, { path: '/ws', origin: 'https://app.example' }),
};

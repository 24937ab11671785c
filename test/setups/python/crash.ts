import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

export const setup: Setup = {
  id: 'python-crash',
  title: 'Python websockets whose handler throws: 1011',
  needs: ['python3:websockets'],
  cause: 'server',
  codes: ['server.close-policy'],
  start: async (grounds) => {
    const source = websockets('serve(failing, "0.0.0.0", 8080)', 'async def failing(websocket):\n    raise KeyError("user")');
    return { url: `ws://127.0.0.1:${await startPython(grounds, source)}/` };
  },
};

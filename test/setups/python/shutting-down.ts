import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

export const setup: Setup = {
  id: 'python-503',
  title: 'Python websockets whose process_request takes nobody any more: 503 with Retry-After',
  needs: ['python3:websockets'],
  cause: 'server',
  codes: ['server.overloaded'],
  start: async (grounds) => {
    const check = `async def check(path, headers):
    return http.HTTPStatus.SERVICE_UNAVAILABLE, [("Retry-After", "20")], b"Too many connections\\n"`;
    const source = websockets('serve(handler, "0.0.0.0", 8080, process_request=check)', check);
    return { url: `ws://127.0.0.1:${await startPython(grounds, source)}/` };
  },
};

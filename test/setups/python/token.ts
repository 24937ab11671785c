import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

export const setup: Setup = {
  id: 'python-token',
  title: 'Python websockets whose process_request wants a token: 401',
  needs: ['python3:websockets'],
  cause: 'server',
  codes: ['server.auth'],
  start: async (grounds) => {
    const check = `async def check(path, headers):
    if "Authorization" not in headers:
        return http.HTTPStatus.UNAUTHORIZED, [("WWW-Authenticate", "Bearer")], b"Missing token\\n"`;
    const source = websockets('serve(handler, "0.0.0.0", 8080, process_request=check)', check);
    return { url: `ws://127.0.0.1:${await startPython(grounds, source)}/`, origin: 'https://app.example' };
  },
};

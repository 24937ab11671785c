import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-smtp',
  title: 'A mail server (smtpd of Python) where the proxy should be',
  needs: ['nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-malformed'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await grounds.freePort();
    await grounds.run('/usr/bin/python3', ['-W', 'ignore', '-m', 'smtpd', '-n', '-c', 'DebuggingServer', `127.0.0.1:${port}`], { port });
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

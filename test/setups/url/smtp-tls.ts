import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-smtp-tls',
  title: "wss:// to a mail server (Python's smtpd)",
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    await grounds.run('/usr/bin/python3', ['-W', 'ignore', '-m', 'smtpd', '-n', '-c', 'DebuggingServer', `127.0.0.1:${port}`], { port });
    return { url: `wss://localhost:${port}/chat` };
  },
};

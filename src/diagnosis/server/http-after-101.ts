import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.http-after-101',
  cause: 'server',
  severity: 'error',
  title: 'HTTP text follows the 101 where frames are due',
  question: 'Do the first bytes after the 101 begin a status line or a page?',
  remedy:
    'Look for code that goes on writing to the socket after the upgrade: an error handler, a second upgrade listener, socket.io with a client of another version.',
  fixes: [
    { for: 'Express + ws', text: 'Have one upgrade listener only; an error after the 101 is a Close frame, not a 400.' },
    {
      for: 'socket.io',
      text: 'Give socket.io and your own WebSocket server paths of their own, and let each destroy nothing of the other.',
      config: 'new Server(httpServer, { destroyUpgrade: false });',
    },
  ],
  rfc: 'RFC 6455 5.2',
  examine: ({ frames }) => {
    const text = frames.fromServer.firstBytes;
    if (!/^\s*(HTTP\/1\.|<!doctype|<html|<\?xml)/i.test(text)) return undefined;
    return { confidence: 0.95, evidence: [{ leg: 'server', what: 'frames', text, offset: 0 }] };
  },
});

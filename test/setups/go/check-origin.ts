import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startGorilla } from './support.js';

export const setup: Setup = {
  id: 'go-check-origin',
  title: 'gorilla as it comes, asked by a page of another host: 403',
  needs: ['go', 'gorilla'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startGorilla(grounds, { upgrader: 'websocket.Upgrader{}' })}/ws`,
    origin: 'https://app.example',
  }),
  mends: [['Go', 'origin']],
  mended: async (grounds) => {
    const [line = ''] = remedyOf('Go', 'origin').split('\n');
    return {
      url: `ws://127.0.0.1:${await startGorilla(grounds, { upgrader: line.replace('upgrader := ', '') })}/ws`,
      origin: 'https://app.example',
    };
  },
};

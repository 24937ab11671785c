import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runExpress } from './support.js';

const code = remedyOf('Express + ws', 'origin');

export const setup: Setup = {
  id: 'express-foreign-origin',
  title: 'the upgrade listener that users are shown, asked from an Origin that is not in its list: 403',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await runExpress(grounds, code)}/ws`,
    origin: 'https://evil.example',
  }),
  mends: [['Express + ws', 'origin']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runExpress(grounds, code.replace('https://app.example', 'https://evil.example'))}/ws`,
    origin: 'https://evil.example',
  }),
};

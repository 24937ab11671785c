import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runExpress } from './support.js';

export const setup: Setup = {
  id: 'express-healthy',
  title: 'Express and ws on one http server, with one upgrade listener',
  cause: null,
  codes: [],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await runExpress(grounds, remedyOf('Express + ws', 'handler'))}/ws`,
    origin: 'https://app.example',
  }),
};

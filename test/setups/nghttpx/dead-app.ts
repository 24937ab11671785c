import type { Setup } from '../setup.js';
import { nghttpxBefore } from './support.js';

export const setup: Setup = {
  id: 'nghttpx-dead-app',
  title: 'nghttpx before a port where nothing listens: 502',
  needs: ['nghttpx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await nghttpxBefore(grounds, await grounds.freePort())}/live` }),
};

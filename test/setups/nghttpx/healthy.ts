import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { nghttpxBefore } from './support.js';

export const setup: Setup = {
  id: 'nghttpx-healthy',
  title: 'nghttpx before an application, as it comes',
  needs: ['nghttpx'],
  cause: null,
  codes: [],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await nghttpxBefore(grounds, await startApp(grounds))}/live` }),
};

import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

const start = async (serving: string, grounds: Parameters<Setup['start']>[0], origin: string) => ({
  url: `ws://127.0.0.1:${await startPython(grounds, websockets(serving))}/`,
  origin,
});
const shown = remedyOf('Python websockets', 'origin');

export const setup: Setup = {
  id: 'python-origins',
  title: 'Python websockets with a list of Origins, asked from another one: 403',
  needs: ['python3:websockets'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: (grounds) => start(shown, grounds, 'https://evil.example'),
  mends: [['Python websockets', 'origin']],
  mended: (grounds) => start(shown, grounds, 'https://app.example'),
};

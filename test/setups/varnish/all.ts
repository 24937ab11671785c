import type { Setup } from '../setup.js';
import { setup as deadApp } from './dead-app.js';
import { setup as noPipe } from './no-pipe.js';
import { setup as pipeAlone } from './pipe-alone.js';
import { setup as synthetic } from './synthetic.js';

export const varnishSetups: readonly Setup[] = [deadApp, noPipe, pipeAlone, synthetic];

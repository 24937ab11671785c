import type { Setup } from '../setup.js';
import { setup as deadApp } from './dead-app.js';
import { setup as denied } from './denied.js';
import { setup as noUpgrade } from './no-upgrade.js';
import { setup as notFound } from './not-found.js';

export const lighttpdSetups: readonly Setup[] = [deadApp, denied, noUpgrade, notFound];

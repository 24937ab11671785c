import { concludeOrigin } from './origin.js';
import { concludePath } from './path.js';
import type { Conclude } from './trial.js';
import { concludeWatch } from './watch.js';

/** All questions that experiments end. */
export const conclusions: readonly Conclude[] = [concludeOrigin, concludePath, concludeWatch];

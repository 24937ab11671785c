// Written by `npm run generate`; do not edit.
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [];

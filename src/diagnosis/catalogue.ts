// Written by `npm run generate`; do not edit.
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [];

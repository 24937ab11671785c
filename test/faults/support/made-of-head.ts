import { applyFaults } from '../../../src/faults/apply.js';
import type { Delivery } from '../../../src/faults/changes.js';
import { parseChoice } from '../../../src/faults/choice.js';
import { findFault } from '../../../src/faults/find.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { drawOf, target } from '../sample.js';

/** What a choice makes of a head at its stage; undefined: nothing. A fault that throws fails the test. */
export const madeOfHead = (stage: 'request' | 'response', choice: string, raw: string): Delivery | undefined => {
  const { fault, params } = parseChoice(choice);
  const draws = [drawOf(findFault(fault), params)];
  const { output, failed } = applyFaults(stage, parseHead(raw, stage), { draws, target });
  if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join('\n'));
  return output;
};

import type { Random } from '../model/clock.js';
import type { FieldText } from '../wire/head-lines.js';
import type { ParamSpec } from './param-spec.js';

const orders = ['reverse', 'sorted', 'shuffled'] as const;

export const orderParam = {
  type: 'string',
  default: 'reverse',
  choices: orders,
  about: '`reverse`: the last field first; `sorted`: by name; `shuffled`: by chance, from the seed.',
} as const satisfies ParamSpec;

/** The order that the parameter asks for. */
export const sortedBy =
  (order: (typeof orders)[number], random: Random) =>
  (lines: readonly FieldText[]): readonly FieldText[] => {
    if (order === 'reverse') return lines.toReversed();
    if (order === 'sorted') return lines.toSorted((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
    // Fisher and Yates.
    const shuffled = [...lines];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const at = Math.floor(random.next() * (last + 1));
      const [moved] = shuffled.splice(at, 1);
      if (moved) shuffled.splice(last, 0, moved);
    }
    return shuffled;
  };

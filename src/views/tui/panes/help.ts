import { howToPoint } from '../../how-to-point.js';
import { type Line, span, wrap } from '../../paint.js';
import { type Binding, bindings, disabledBecause } from '../keys.js';
import type { State } from '../state.js';

const sections: readonly (readonly [Binding['screen'], string])[] = [
  ['list', 'On the list of exchanges'],
  ['detail', 'On one exchange'],
  ['faults', 'In the faults menu'],
  ['every', 'Everywhere'],
];

const signs: readonly (readonly [string, string])[] = [
  ['● open', 'the WebSocket is open'],
  ['✓ closed', 'it was open and has ended'],
  ['✗ refused', 'the server answered something else than 101'],
  ['✗ failed', 'no usable answer reached the client'],
  ['! ...', 'it opened, but something is wrong: see its findings; before a fault: applied on purpose'],
  ['~  -  +', 'between the legs: changed, taken out, put in on the way'],
];

export const helpBody = (state: State): Line[] => {
  const width = state.size.columns - 18;
  const entry = (left: string, right: string): Line[] =>
    wrap(right, width).map((part, index): Line => [span(`   ${(index === 0 ? left : '').padEnd(13)}`, 'strong'), span(part)]);
  const keyLines = (binding: Binding) => {
    const because = disabledBecause(binding, state);
    return entry(binding.key, because === undefined ? binding.description : `${binding.description} (not now: ${because})`);
  };
  const point = state.info ? howToPoint(state.info) : [];
  return [
    ...sections.flatMap(([screen, title]): Line[] => [
      [span(` ${title}`, 'accent')],
      ...bindings.filter((binding) => binding.screen === screen).flatMap(keyLines),
      [],
    ]),
    [span(' Signs', 'accent')],
    ...signs.flatMap(([sign, meaning]) => entry(sign, meaning)),
    ...(point.length > 0 ? [[], [span(' How to point an app here', 'accent')]] : []),
    ...point.flatMap(({ who, text }) => entry(who, text)),
  ];
};

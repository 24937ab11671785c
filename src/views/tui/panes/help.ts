import { howToPoint } from '../../how-to-point.js';
import { type Line, span, wrap } from '../../paint.js';
import { lanText } from '../../wording.js';
import { type Binding, bindings, disabledBecause } from '../keys.js';
import type { Screen, State } from '../state.js';

const titles: Record<Exclude<Screen, 'help'>, string> = {
  list: 'On the list of exchanges',
  detail: 'On one exchange',
  message: 'On one message',
  faults: 'In the faults menu',
  replay: 'After a replay',
};

/** The keys of the screen that the help lies over come first, then those that work everywhere. */
const sectionsFor = ({ screens }: State): (readonly [Binding['screen'], string])[] => {
  const under = screens.findLast((screen) => screen !== 'help');
  const all = Object.entries(titles) as [Exclude<Screen, 'help'>, string][];
  return [...all.filter(([screen]) => screen === under), ['every', 'Everywhere'], ...all.filter(([screen]) => screen !== under)];
};

const signs: readonly (readonly [string, string])[] = [
  ['● open', 'the WebSocket is open'],
  ['✓ closed', 'it was open and has ended'],
  ['✗ 403', 'refused: the server answered this status in place of 101'],
  ['✗ failed', 'no usable answer reached the client'],
  ['! open', 'it opened, but something is wrong: see its findings'],
  ['! fault', 'before a finding or a fault: shakedown did it on purpose'],
  ['msgs c/s', 'messages from the client and from the server; under 100 columns, both together'],
  ['~  -  +', 'between the legs: changed, taken out, put in on the way'],
];

const session = ({ info }: State): (readonly [string, string])[] =>
  info === null
    ? []
    : [
        ...(info.proxy === null ? [] : [['proxy', info.proxy] as const]),
        ...info.reverse.map(({ prefix, url }) => ['reverse to', prefix === '' ? url : `${url} (paths under ${prefix})`] as const),
        ...(info.lan === null ? [] : [['other machines', lanText(info.lan)] as const]),
        ...(info.ca === null ? [] : [['CA to trust', info.ca] as const]),
        ['recording', info.recording ?? 'in memory only'],
        ['seed', String(info.seed)],
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
    ...sectionsFor(state).flatMap(([screen, title]): Line[] => [
      [span(` ${title}`, 'accent')],
      ...bindings.filter((binding) => binding.screen === screen).flatMap(keyLines),
      [],
    ]),
    [span(' Signs', 'accent')],
    ...signs.flatMap(([sign, meaning]) => entry(sign, meaning)),
    ...(point.length > 0 ? [[], [span(' How to point an app here', 'accent')]] : []),
    ...point.flatMap(({ who, text }) => entry(who, text)),
    ...session(state).flatMap(([name, text], index) => [
      ...(index === 0 ? [[], [span(' This session', 'accent')]] : []),
      ...entry(name, text),
    ]),
  ];
};

import type { Fault } from '../faults/fault.js';
import { nothingExpected, placeText, rangeText } from '../faults/fault-words.js';
import type { ParamSpec } from '../faults/param-spec.js';
import { wrap } from '../views/paint.js';

/** One fault in full, as `shakedown faults ID` prints it, in lines of that width. */
export const faultText = (fault: Fault, width: number): string => {
  const { id, title, about, imitates, params, example, expects, effects } = fault;
  const specs = Object.entries(params);
  const indented = (text: string): string[] => wrap(text, width - 4).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`));
  return [
    ...wrap(`${id}: ${title}`, width),
    '',
    ...wrap(about, width),
    ...wrap(`In real life: ${imitates}`, width),
    placeText(fault),
    '',
    ...(specs.length === 0 ? ['It takes no parameters of its own.'] : ['Parameters:', ...specs.map(paramText).flatMap(indented)]),
    ...wrap('Which exchanges get it, as for every fault: match, nth, first, every, probability, times, after, until.', width),
    '',
    `Example: shakedown start --fault '${example}'`,
    ...wrap(expects.length === 0 ? nothingExpected : `Findings to expect: ${expects.join(', ')}`, width),
    '',
    'What clients see:',
    ...effects.flatMap(({ client, sees }) => indented(`${client}: ${sees}`)),
  ].join('\n');
};

const paramText = ([name, spec]: readonly [string, ParamSpec]): string => {
  const { choices, default: value, about } = spec;
  const preset = value === '' ? 'empty' : typeof value === 'string' && /[^!-~]/.test(value) ? JSON.stringify(value) : String(value);
  return `${name} (${choices ? choices.join(', ') : rangeText(spec)}; default ${preset}): ${about}`;
};

import type { FaultChoice, Occasion, ParamValue, ParamValues } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import { readDuration } from './duration.js';
import { findFault, knownFault } from './find.js';
import type { ParamSpec, ParamSpecs } from './param-spec.js';
import { checkParams, complaint, type GivenParams, shown } from './params.js';

/** What was asked for, before it is armed: a FaultChoice without its key. */
export type Choice = Omit<FaultChoice, 'key'>;

/** A longer text is no choice; bounds what the control API can make us read. */
const longest = 4096;
const most = 1_000_000_000;
const count = (about: string): ParamSpec => ({ type: 'number', default: 0, min: 1, max: most, whole: true, about });

/** What every choice takes beside the parameters of its fault. A default of 0 or '' stands for "not given", and cannot be asked for. */
export const occasionSpecs: ParamSpecs = {
  probability: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely an exchange gets it, drawn from the seed.' },
  times: count('How many exchanges get it before it is disarmed.'),
  match: { type: 'string', default: '', about: 'Which exchanges get it, in the filter language.' },
  nth: count('Only this one of the exchanges that match, counted from 1.'),
  first: count('Only the first so many exchanges that match.'),
  every: count('Only each so-manieth exchange that matches: with 3 the third, the sixth and so on.'),
  after: count('Milliseconds after arming from which it applies; `30s` and `5m` are taken, too.'),
  until: count('Milliseconds after arming until which it applies; `30s` and `5m` are taken, too.'),
};

/**
 * Reads `ID[:key=value,...]`. An unquoted value runs to the next comma, so it may hold colons and equals signs; one in double quotes
 * may hold everything, with `\"` and `\\` for a quote and a backslash. Throws a Problem (SHK_FAULT) for what it cannot read.
 */
export const parseChoice = (text: string): Choice => {
  if (text.length > longest) throw new Problem('SHK_FAULT', `A fault is chosen in at most ${longest} characters.`, 'Shorten its values.');
  const colon = text.indexOf(':');
  const id = (colon === -1 ? text : text.slice(0, colon)).trim();
  if (id === '') {
    throw new Problem('SHK_FAULT', `${shown(text)} names no fault.`, 'Write ID or ID:key=value,...; run `shakedown faults` for the list.');
  }
  return makeChoice(id, colon === -1 ? [] : readPairs(findFault(id).id, text.slice(colon + 1)));
};

/** A choice of that fault with these values, among which those of the occasion may be. Throws as `parseChoice` does. */
export const makeChoice = (id: string, given: GivenParams): Choice => {
  const fault = findFault(id);
  const values = checkParams(id, { ...fault.params, ...occasionSpecs }, given.map(withMilliseconds));
  return { fault: id, params: pick(values, Object.keys(fault.params)), ...occasionOf(values) };
};

/** `until=5m`. */
const withMilliseconds = ([name, value]: GivenParams[number]): GivenParams[number] =>
  (name === 'after' || name === 'until') && typeof value === 'string' ? [name, readDuration(value) ?? value] : [name, value];

const pick = (values: ParamValues, names: readonly string[]): ParamValues =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

/** What the values say of the occasion; they are checked by `occasionSpecs`. */
export const occasionOf = (values: ParamValues): Occasion => {
  const { probability, times, ...rest } = values;
  const told = Object.fromEntries(
    ['match', 'nth', 'first', 'every', 'after', 'until'].flatMap((name) => (rest[name] ? [[name, rest[name]]] : [])),
  );
  return { probability: Number(probability), times: times === 0 ? null : Number(times), ...told };
};

/** The text that `parseChoice` reads back to the same choice. What equals its default is left out. */
export const formatChoice = (choice: Choice): string => {
  const { fault, params } = choice;
  const specs: ParamSpecs = { ...knownFault(fault)?.params, ...occasionSpecs };
  const { probability, times, match, nth, first, every, after, until } = choice;
  const occasion = { probability, times, match, nth, first, every, after, until };
  const values = Object.entries<ParamValue | null | undefined>({ ...params, ...occasion });
  const pairs = values.filter(([name, value]) => value !== null && value !== undefined && specs[name]?.default !== value);
  const list = pairs.map(([name, value]) => `${name}=${quoted(value ?? '')}`).join(',');
  return list === '' ? fault : `${fault}:${list}`;
};

const quoted = (value: ParamValue): string => {
  const text = String(value);
  return /^["\s]|,|\s$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
};

const readPairs = (id: string, list: string): [string, string][] => {
  const pairs: [string, string][] = [];
  let at = 0;
  do {
    const name = /\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*/y;
    name.lastIndex = at;
    const found = name.exec(list)?.[1];
    if (found === undefined) {
      const part = list.slice(at).split(',', 1)[0]?.trim() ?? '';
      throw complaint(id, part === '' ? 'a key=value is missing behind its colon or comma' : `${shown(part)} is not of the form key=value`);
    }
    const value = list[name.lastIndex] === '"' ? readQuoted(id, list, name.lastIndex) : readPlain(list, name.lastIndex);
    pairs.push([found, value.text]);
    at = value.end + 1;
  } while (at <= list.length);
  return pairs;
};

/** `end` is where the comma behind the value stands, or the length of the list. */
interface Value {
  readonly text: string;
  readonly end: number;
}

const readPlain = (list: string, start: number): Value => {
  const comma = list.indexOf(',', start);
  const end = comma === -1 ? list.length : comma;
  return { text: list.slice(start, end).trim(), end };
};

const readQuoted = (id: string, list: string, start: number): Value => {
  const pattern = /"((?:[^"\\]|\\.)*)"\s*(?=,|$)/sy;
  pattern.lastIndex = start;
  const inside = pattern.exec(list)?.[1];
  if (inside === undefined) {
    throw complaint(id, `the quoted value ${shown(list.slice(start))} does not end with a double quote before a comma or the end`);
  }
  return { text: inside.replace(/\\(.)/gs, '$1'), end: pattern.lastIndex };
};

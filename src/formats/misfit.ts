import { isRecord, own } from '../recording/shape.js';

/** A value in another tool's file that is not as it must be: `where` names it (`log.entries[3].request.url`), `why` says what is wrong. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  constructor(
    readonly where: string,
    readonly why: string,
  ) {
    super(`${where} ${why}`);
  }
}

/** An object of such a file, with the name by which complaints call it. */
export interface Place {
  readonly where: string;
  readonly value: Record<string, unknown>;
}

const clue = (value: unknown): string => (value === undefined ? 'is missing' : value === null ? 'is null' : `is a ${kindOf(value)}`);
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value);

export const placeOf = (value: unknown, where: string): Place => {
  if (!isRecord(value)) throw new Misfit(where, `${clue(value)}, not an object`);
  return { where, value };
};

export const objectAt = (place: Place, key: string): Place => placeOf(own(place.value, key), `${place.where}.${key}`);

export const textAt = (place: Place, key: string): string => {
  const value = own(place.value, key);
  if (typeof value !== 'string') throw new Misfit(`${place.where}.${key}`, `${clue(value)}, not a text`);
  return value;
};

/** A finite number; JSON knows 1e999. */
export const numberAt = (place: Place, key: string): number => {
  const value = own(place.value, key);
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Misfit(
      `${place.where}.${key}`,
      typeof value === 'number' ? 'is no number that can be counted with' : `${clue(value)}, not a number`,
    );
  return value;
};

export const listAt = (place: Place, key: string): readonly unknown[] => {
  const value = own(place.value, key);
  if (!Array.isArray(value)) throw new Misfit(`${place.where}.${key}`, `${clue(value)}, not a list`);
  return value;
};

const there = (place: Place, key: string): boolean => (own(place.value, key) ?? null) !== null;

/** The same for what may be missing or null. */
export const maybe = <T>(read: (place: Place, key: string) => T, place: Place, key: string): T | undefined =>
  there(place, key) ? read(place, key) : undefined;

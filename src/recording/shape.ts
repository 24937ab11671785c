/** Says whether a value read from a file has the shape that the code relies on. A recording can come from anyone (threat T58). */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
/** Text that stands for bytes: one character a byte. */
export const latin1: Check = (value) => typeof value === 'string' && !/[^\x00-\xff]/.test(value);
/** JSON knows 1e999, which parses to Infinity. */
export const number: Check = (value) => Number.isFinite(value);
export const flag: Check = (value) => typeof value === 'boolean';
export const isTrue: Check = (value) => value === true;
export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
export const anyOf =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own properties only: `constructor` and its like are inherited by every object that JSON.parse gives (threat T27). */
export const own = (object: Record<string, unknown>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

/** An object with at least these fields; later versions may add others. */
export const fields = (checks: Readonly<Record<string, Check>>): Check => {
  const entries = Object.entries(checks);
  return (value) => isRecord(value) && entries.every(([key, check]) => check(own(value, key)));
};

/** An object used as a map. A `__proto__` among its keys is refused, since whoever copies the map key by key would set a prototype. */
export const mapOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && !Object.hasOwn(value, '__proto__') && Object.values(value).every(check);

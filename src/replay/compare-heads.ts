import { lastingPart, volatileFields } from '../comparison/lasting-fields.js';
import { fieldValues, type Head } from '../model/head.js';

/** The fields that differ, names in lower case; `recorded` and `now` are what was compared, or null where the field is absent. */
export const compareFields = (
  recorded: Head,
  now: Head,
  ignored: ReadonlySet<string>,
): readonly { readonly name: string; readonly recorded: string | null; readonly now: string | null }[] => {
  const names = new Set([...recorded.headers, ...now.headers].map(([name]) => name.toLowerCase()));
  return [...names]
    .filter((name) => !volatileFields.has(name) && !ignored.has(name))
    .map((name) => ({ name, recorded: comparable(recorded, name), now: comparable(now, name) }))
    .filter(({ recorded: then, now: later }) => then !== later);
};

const comparable = (head: Head, name: string): string | null => {
  const values = fieldValues(head, name);
  if (values.length === 0) return null;
  return values.map((value) => lastingPart(name, value)).join(', ');
};

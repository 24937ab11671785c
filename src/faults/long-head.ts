import { addField } from '../wire/head-edit.js';

/** The parameters of padding: so many fields of so many bytes together. */
export const longParams = ({ bytes, name }: { readonly bytes: number; readonly name: string }) =>
  ({
    bytes: {
      type: 'number',
      default: bytes,
      min: 1,
      max: 400_000,
      whole: true,
      about: 'How many bytes the values of the padding take together.',
    },
    fields: { type: 'number', default: 1, min: 1, max: 5000, whole: true, about: 'Into how many fields they go.' },
    name: { type: 'string', default: name, fieldName: true, about: 'The name of the fields; with more than one a number follows it.' },
  }) as const;

/** The head with padding behind its fields. The first padding is added with the line end of the head, the others are copies of it. */
export const longHead = (
  raw: string,
  { bytes, fields, name }: { readonly bytes: number; readonly fields: number; readonly name: string },
): string => {
  const each = Math.max(1, Math.round(bytes / fields));
  const nameOf = (nth: number): string => (fields === 1 ? name : `${name}-${nth + 1}`);
  const mark = 'a'.repeat(each);
  const padded = addField(raw, nameOf(0), mark);
  if (fields === 1) return padded;
  const first = `${nameOf(0)}: ${mark}`;
  const at = padded.lastIndexOf(first) + first.length;
  const lineEnd = padded.startsWith('\r\n', at) ? '\r\n' : '\n';
  const more = Array.from({ length: fields - 1 }, (_, nth) => `${lineEnd}${nameOf(nth + 1)}: ${mark}`).join('');
  return padded.slice(0, at) + more + padded.slice(at);
};

/** The part of JSON Schema (2020-12) that the control API is described in, and checks what it is sent by. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly examples?: readonly unknown[];
}
export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

const typeOf = (value: unknown): JsonType => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as JsonType;
};

const articles: Readonly<Record<JsonType, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

/** What is wrong with a value, as a sentence that names the field; undefined: nothing. Refs are not followed: nothing that is sent has any. */
export const complaintAbout = (value: unknown, schema: Schema, field: string): string | undefined => {
  const kind = typeOf(value);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.includes(kind) && !(kind === 'integer' && types.includes('number')))
    return `${field} is ${articles[kind]}, and must be ${types.map((type) => articles[type]).join(' or ')}`;
  if (schema.enum && !schema.enum.some((word) => word === value)) return `${field} must be one of ${schema.enum.join(', ')}`;
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) return `${field} must be at least ${schema.minimum}`;
    if (schema.maximum !== undefined && value > schema.maximum) return `${field} must be at most ${schema.maximum}`;
  }
  if (typeof value === 'string' && schema.maxLength !== undefined && value.length > schema.maxLength)
    return `${field} is longer than ${schema.maxLength} characters`;
  if (Array.isArray(value)) return aboutItems(value, schema, field);
  return kind === 'object' ? aboutProperties(value as Readonly<Record<string, unknown>>, schema, field) : undefined;
};

const aboutItems = (items: readonly unknown[], { maxItems, items: each }: Schema, field: string): string | undefined => {
  if (maxItems !== undefined && items.length > maxItems) return `${field} has more than ${maxItems} entries`;
  for (const [index, item] of items.entries()) {
    const complaint = each && complaintAbout(item, each, `${field}[${index}]`);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
};

const aboutProperties = (
  object: Readonly<Record<string, unknown>>,
  { properties = {}, required = [], additionalProperties = true }: Schema,
  field: string,
): string | undefined => {
  const inside = (name: string): string => (field === 'the body' ? `the field ${name}` : `${field}.${name}`);
  const missing = required.find((name) => !Object.hasOwn(object, name));
  if (missing !== undefined) return `${inside(missing)} is missing`;
  for (const [name, value] of Object.entries(object)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (known === false || known === undefined || name === '__proto__')
      return `${field} has a field ${JSON.stringify(name.slice(0, 80))} that is not known here${Object.keys(properties).length > 0 ? `; known are ${Object.keys(properties).join(', ')}` : ''}`;
    const complaint = known === true ? undefined : complaintAbout(value, known, inside(name));
    if (complaint !== undefined) return complaint;
  }
  return undefined;
};

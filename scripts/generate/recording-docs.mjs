// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersOf, wordsOf } from './declarations.mjs';
import { eventShapes } from './event-shapes.mjs';
import { anchor, built, code, fence, notice, page, prose, table } from './markdown.mjs';
import { aliasIn, eventsOf, interfaceOf, modelIn } from './model.mjs';
import { recipes } from './recipes.mjs';
import { endings, firstLine, opening, outside } from './recording-prose.mjs';

/** @typedef {import('./model.mjs').Model} Model @typedef {import('./model.mjs').EventType} EventType */

/** A real recording, which the examples come from. */
const example = 'test/recordings/v1.jsonl';

/** @type {import('../generate.mjs').Product} */
export const recordingDocs = {
  path: 'docs/recording-format.md',
  from: 'dist',
  make: async (root) => {
    const model = modelIn(root);
    const shapes = await eventShapes(root);
    const { currentVersion } = await built(root, 'recording/migrate.js');
    const lines = readFileSync(join(root, example), 'utf8').trimEnd().split('\n');
    const events = lines.slice(1).map((line) => JSON.parse(line));
    const ofExchange = eventsOf(model, 'EventBody');
    const ofEngine = eventsOf(model, 'EngineEventBody');
    /** Named types that a table links to, in the order of their first use. @type {string[]} */
    const named = [];
    const section = (/** @type {EventType} */ event) => eventSection(event, { shapes, model, named, events });
    const blocks = [
      ...['## Events of an exchange', ...ofExchange.flatMap(section)],
      ...['## Events of the process', `Their ${code('exchange')} is \`""\`.`, ...ofEngine.flatMap(section)],
    ];
    return page([
      notice,
      '# The format of a recording',
      opening(currentVersion),
      ...firstLine(lines[0] ?? ''),
      '## One line',
      ...common(ofExchange, ofEngine),
      ...blocks,
      '## Objects in events',
      ...objects(model, named),
      ...outside,
      '## With jq',
      `What these print is what they printed on [the example](../${example}).`,
      ...recipes.flatMap(({ about, command, prints }) => [`${about}:`, fence('sh', command), fence('', prints)]),
      ...endings,
    ]);
  },
};

/** @param {readonly EventType[]} ofExchange @param {readonly EventType[]} ofEngine */
const common = (ofExchange, ofEngine) => {
  const links = (/** @type {readonly EventType[]} */ events) => events.map(({ type }) => `[${code(type)}](#${anchor(type)})`).join(', ');
  return [
    'Every line but the first is one event. Its first three fields are always the same:',
    table(
      ['field', 'holds', 'meaning'],
      [
        [code('at'), 'text', 'When: ISO 8601 in UTC with microseconds. Times never go back within one run.'],
        [code('exchange'), 'text', 'Whose event it is; `""` for those of the process.'],
        [code('type'), 'text', 'What happened. Readers pass over types that they do not know.'],
      ],
    ),
    `Of an exchange: ${links(ofExchange)}.`,
    `Of the process: ${links(ofEngine)}.`,
    `The column *holds* is what a reader insists on; a line that has it otherwise is damage. Where words are listed beside ${code('text')}, they are what is written today:
a later version may write another one.`,
  ];
};

/**
 * @param {EventType} event
 * @param {{ shapes: (type: string) => readonly (readonly [string, string])[] | undefined, model: Model, named: string[], events: readonly any[] }} around
 */
const eventSection = ({ type, about, fields }, { shapes, model, named, events }) => {
  const rows = fields.map((field) => {
    const holds = shapes(type)?.find(([name]) => name === field.name)?.[1];
    if (holds === undefined) throw new Error(`src/recording/event-shapes.ts has no shape for the field ${field.name} of ${type}.`);
    return [code(field.name), holds, meaningOf(field.type, { model, named, holds })];
  });
  const real = events.find((event) => event.type === type);
  return [
    `### ${type}`,
    prose(about),
    table(['field', 'holds', 'what is written'], rows),
    real === undefined ? undefined : fence('json', JSON.stringify(shortened(real))),
  ];
};

/** The words of a type, or a link to its own section. @param {string} type @param {{ model: Model, named: string[], holds?: string }} around @returns {string} */
const meaningOf = (type, { model, named, holds = '' }) => {
  const bare = type.replace(/ \| null$/, '').replace(/^readonly (\w+)\[\]$/, '$1');
  const words = wordsOf(bare) ?? wordsOf(aliasIn(model, bare) ?? '');
  if (words !== undefined) return words.every((word) => holds.includes(`\`${word}\``)) ? '' : words.map(code).join(', ');
  if (interfaceOf(model, bare) === undefined) return '';
  if (!named.includes(bare)) named.push(bare);
  return `[${bare}](#${anchor(bare)})`;
};

/** A section for each named type, and for those that these name in turn. @param {Model} model @param {string[]} named */
const objects = (model, named) => {
  const blocks = [];
  for (let at = 0; at < named.length; at++) {
    const name = named[at] ?? '';
    const { about, members } = interfaceOf(model, name) ?? { about: '', members: [] };
    const rows = members.map((member) => [
      code(member.name),
      `${inWords(member.type)}${member.optional ? ', or absent' : ''}`,
      [member.about, meaningOf(member.type, { model, named })].filter((text) => text !== '').join(' '),
    ]);
    blocks.push(`### ${name}`, ...(about === '' ? [] : [prose(about)]), table(['field', 'holds', 'meaning'], rows));
  }
  return blocks;
};

const plain = new Map([
  ['string', 'text'],
  ['number', 'number'],
  ['boolean', 'true or false'],
  ['ParamValues', 'object: a text, number or true/false for each name'],
]);

/** @param {string} type As TypeScript has it. @returns {string} as JSON has it */
const inWords = (type) => {
  const known = plain.get(type);
  if (known !== undefined) return known;
  if (type.endsWith(' | null')) return `${inWords(type.slice(0, -' | null'.length))}, or null`;
  const listed = /^readonly (.*)\[\]$/.exec(type)?.[1];
  if (listed?.startsWith('{')) {
    return `list of objects: ${membersOf(listed.slice(1, -1))
      .map((member) => `${code(member.name)} (${inWords(member.type)})`)
      .join(', ')}`;
  }
  if (listed !== undefined) return plain.has(listed) ? `list of ${inWords(listed)}s` : 'list of objects';
  const words = wordsOf(type);
  if (words !== undefined) return 'text';
  return /^[A-Z]\w*$/.test(type) && /(?:Stage|Sender|Entrance|Site)$/.test(type) ? 'text' : 'object';
};

/** Long texts cut, so that a line shows what it is made of. @param {any} value @returns {any} */
const shortened = (value) => {
  if (typeof value === 'string') return value.length > 60 ? `${value.slice(0, 48)}…` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shortened(entry)]));
};

// @ts-check
import { eventSchemas } from './event-shapes.mjs';
import { described, dialect, fieldsOf, time } from './json-schema.mjs';
import { built } from './markdown.mjs';
import { eventsOf, modelIn } from './model.mjs';

const about = `One line of a recording of shakedown, which is a file of JSON Lines: the first line says what the file is, every other one is an event. Fields and types of events that are
not named here may stand in it: a later shakedown adds some without a new version, and readers pass over what they do not know. For the same reason words that are only
carried are given as examples and not as a list; words that a reader looks things up with are listed. What is written when, and how bytes stand in it, is in
recording-format.md.`;

/** The schema of the version that is written today. A version that was left behind keeps its own, as recording.schema.v1.json. @type {import('../generate.mjs').Product} */
export const recordingSchema = {
  path: 'docs/recording.schema.json',
  from: 'dist',
  make: async (root) => {
    const { currentVersion } = await built(root, 'recording/migrate.js');
    const model = modelIn(root);
    const shapes = await eventSchemas(root);
    /** @type {Record<string, any>} */
    const defs = {};
    const events = [...eventsOf(model, 'EventBody'), ...eventsOf(model, 'EngineEventBody')];
    /** @type {Record<string, any>} */
    const bodies = {};
    for (const event of events) {
      const own = Object.fromEntries(shapes(event.type) ?? []);
      const schema = fieldsOf(own, event.fields, { around: { model, defs }, name: event.type });
      bodies[`event-${event.type}`] = described(withBase64(event.type, schema), event.about);
    }
    const schema = {
      $schema: dialect,
      $id: `urn:shakedown:recording:${currentVersion}`,
      title: `One line of a recording of shakedown, version ${currentVersion}`,
      description: about.replace(/\n/g, ' '),
      anyOf: [{ $ref: '#/$defs/first-line' }, { $ref: '#/$defs/event' }],
      $defs: { 'first-line': firstLine(currentVersion), event: anyEvent(events), time, ...bodies, ...defs },
    };
    return `${JSON.stringify(schema, null, 2)}\n`;
  },
};

/** @param {number} version */
const firstLine = (version) => ({
  description: 'The first line. A reader insists on `format` and `version` only.',
  type: 'object',
  properties: {
    format: { const: 'shakedown-recording' },
    version: { const: version },
    startedAt: { $ref: '#/$defs/time' },
    shakedown: { description: 'The version of shakedown that wrote it.', type: 'string' },
  },
  required: ['format', 'version', 'startedAt', 'shakedown'],
});

/** @param {readonly import('./model.mjs').EventType[]} events */
const anyEvent = (events) => ({
  description: 'Every other line. An event of a type that is not named here is passed over.',
  type: 'object',
  properties: {
    at: { $ref: '#/$defs/time' },
    exchange: { description: 'Whose event it is; empty for those of the process.', type: 'string' },
    type: { type: 'string', examples: events.map(({ type }) => type) },
  },
  required: ['at', 'exchange', 'type'],
  allOf: events.map(({ type }) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
    then: { $ref: `#/$defs/event-${type}` },
  })),
});

/** The bytes of a chunk, which a reader decodes as far as they are base64. @param {string} type @param {any} schema */
const withBase64 = (type, schema) => {
  if (type !== 'bytes') return schema;
  return { ...schema, properties: { ...schema.properties, data: { ...schema.properties.data, contentEncoding: 'base64' } } };
};

import { stages } from '../../model/fault-choice.js';
import { holdPlaces } from '../../model/hold.js';
import type { Schema } from './schema.js';

export const text = (description?: string): Schema => ({ type: 'string', ...(description && { description }) });
export const number = (description?: string): Schema => ({ type: 'number', ...(description && { description }) });
export const whole = (description?: string): Schema => ({ type: 'integer', ...(description && { description }) });
export const flag = (description?: string): Schema => ({ type: 'boolean', ...(description && { description }) });
export const list = (items: Schema, description?: string): Schema => ({ type: 'array', items, ...(description && { description }) });
export const ref = (name: keyof typeof shapes): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object of an answer: these fields are promised, and more may stand beside them. */
export const shape = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

/** An object of a request: nothing else may stand in it. */
export const form = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const sender: Schema = { type: 'string', enum: ['client', 'server'] };
const nullable = (type: 'string' | 'object' | 'number', description?: string): Schema => ({
  type: [type, 'null'],
  ...(description && { description }),
});
const params: Schema = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const payload = { text: text('A text that is UTF-8.'), base64: text('Any other payload.') };

/** What the answers are made of, by name. */
export const shapes = {
  Problem: shape({
    ...{ type: text(), title: text(), status: whole(), code: text('`SHK_` and a word.') },
    ...{ message: text('What happened.'), advice: text('What to do.') },
  }),
  Info: shape({
    ...{ version: text(), proxy: nullable('string', 'Where it listens.'), control: nullable('string'), ca: nullable('string') },
    ...{ recording: nullable('string', 'Path of the recording.'), seed: number('Of all chance in faults.'), pid: whole() },
  }),
  Finding: shape({
    ...{ code: text(), cause: text(), severity: text(), confidence: number(), title: text() },
    ...{ evidence: list({ type: 'object' }), culprit: nullable('string'), fix: list({ type: 'object' }), rfc: text() },
  }),
  ExchangeRow: shape({
    ...{ id: text(), startedAt: text(), kind: text(), entrance: nullable('string'), url: text(), status: whole(), outcome: text() },
    ...{ finding: nullable('object', 'The first one.'), faults: list(text(), 'Ids of the faults that were applied.') },
    ...{ fromClient: whole('Messages.'), fromServer: whole(), durationMs: number() },
  }),
  Exchange: {
    ...shape({
      ...{ id: text(), startedAt: text(), entrance: nullable('string'), url: text(), status: whole(), outcome: text() },
      ...{ heads: { type: 'object' } as Schema, client: { type: 'object' } as Schema, server: nullable('object') },
      ...{ messages: shape({ fromClient: whole(), fromServer: whole() }), faults: list({ type: 'object' }) },
      findings: list({ $ref: '#/components/schemas/Finding' }),
    }),
    description: 'As one line of `shakedown inspect FILE --json`; docs/inspect.schema.json has all of it.',
  },
  Message: shape(
    {
      ...{ exchange: text(), number: whole(), at: text(), from: sender, type: text(), ...payload },
      ...{ bytes: whole(), wireBytes: whole(), frames: whole(), cut: flag('Only the first part is given.') },
    },
    ['text', 'base64', 'cut'],
  ),
  Fault: shape({
    ...{ id: text(), stage: { type: 'string', enum: [...stages] } as Schema, leg: text(), title: text(), about: text() },
    ...{ params: list({ type: 'object' }), example: text(), expects: list(text()), effects: list({ type: 'object' }) },
  }),
  ArmedFault: shape({
    choice: shape({ key: text('Disarms it.'), fault: text(), params, probability: number(), times: { type: ['integer', 'null'] } }),
    applied: whole('Exchanges that got it since it was armed.'),
  }),
  ArmedRule: shape({ name: text(), faults: list({ $ref: '#/components/schemas/ArmedFault' }) }),
  Replay: shape({
    ...{ same: flag(), differences: list({ type: 'object' }), recording: nullable('string') },
    exchanges: list(text(), 'The exchanges of the replay.'),
  }),
  Hold: shape(
    {
      ...{ id: text(), at: { type: 'string', enum: [...holdPlaces] } as Schema, from: sender, match: text(), times: whole() },
      ...{ ms: whole('How long each waits.'), caught: whole() },
    },
    ['from', 'match', 'times'],
  ),
  Held: shape(
    {
      ...{ id: text(), hold: text(), exchange: text(), at: { type: 'string', enum: [...holdPlaces] } as Schema, from: sender },
      ...{ since: text(), until: text('When it goes on by itself.'), head: text('Latin1, one character a byte.') },
      message: shape({ type: text(), ...payload, bytes: whole() }, ['text', 'base64']),
    },
    ['head', 'message'],
  ),
} satisfies Readonly<Record<string, Schema>>;

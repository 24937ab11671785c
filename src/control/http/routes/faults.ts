import { faults } from '../../../faults/catalogue.js';
import { makeChoice } from '../../../faults/choice.js';
import { faultJson } from '../../../faults/fault-json.js';
import type { ParamValues } from '../../../model/fault-choice.js';
import { RequestProblem } from '../problem-answer.js';
import { bodyOf, json, nothing, type Route, textOf } from '../route.js';
import { form, list, ref, shape, whole } from '../schemas.js';

interface Arming {
  readonly choice?: string;
  readonly fault?: string;
  readonly params?: ParamValues;
  readonly [occasion: string]: unknown;
}

const occasion = ['probability', 'times', 'match', 'nth', 'first', 'every', 'after', 'until'] as const;
const count = (description: string) => ({ type: 'integer', minimum: 1, description }) as const;

export const faultRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/faults',
    id: 'listFaults',
    summary: 'The catalogue of faults',
    answers: { 200: { about: 'Every fault.', schema: shape({ faults: list(ref('Fault')) }) } },
    handle: async () => json({ faults: faults.map(faultJson) }),
  },
  {
    method: 'GET',
    path: '/v1/armed',
    id: 'listArmed',
    summary: 'The faults that are armed, in the order of arming',
    answers: { 200: { about: 'All of them.', schema: shape({ armed: list(ref('ArmedFault')) }) } },
    handle: async (_, { control }) => json({ armed: await control.armed() }),
  },
  {
    method: 'POST',
    path: '/v1/armed',
    id: 'armFault',
    summary: 'Arms a fault, for the next stage that an exchange reaches',
    body: {
      about:
        'Either {"choice":"ID:key=value,..."} in the syntax of --fault, or {"fault":"ID","params":{...}} with the occasion beside them.',
      required: true,
      schema: form({
        choice: { type: 'string', maxLength: 4096, description: 'In the syntax of --fault.' },
        fault: { type: 'string', maxLength: 100, description: 'Its id.' },
        params: {
          type: 'object',
          additionalProperties: { type: ['string', 'number', 'boolean'] },
          description: 'GET /v1/faults has them.',
        },
        probability: { type: 'number', minimum: 0, maximum: 1, description: 'How likely an exchange gets it.' },
        times: count('How many exchanges get it before it is disarmed.'),
        match: { type: 'string', maxLength: 4096, description: 'Which exchanges get it, in the filter language.' },
        nth: count('Only this one of the exchanges that match.'),
        first: count('Only the first so many.'),
        every: count('Only each so-manieth.'),
        after: count('Milliseconds after arming from which it applies.'),
        until: count('Milliseconds after arming until which it applies.'),
      }),
    },
    answers: { 201: { about: 'It is armed.', schema: ref('ArmedFault') } },
    handle: async (asked, { control }) => {
      const { choice, fault, params = {}, ...when } = bodyOf<Arming>(asked);
      const isText = choice !== undefined;
      if (isText === (fault !== undefined))
        throw new RequestProblem(
          400,
          'The body needs one of the fields choice and fault.',
          'Write {"choice":"drop-upgrade"} or {"fault":"drop-upgrade"}.',
        );
      if (isText && (Object.keys(params).length > 0 || Object.keys(when).length > 0))
        throw new RequestProblem(
          400,
          'A choice says everything by itself.',
          'Put the values into it, ID:key=value, or give the field fault in its place.',
        );
      const own = occasion.find((name) => Object.hasOwn(params, name));
      if (own !== undefined)
        throw new RequestProblem(400, `The field params.${own} is no parameter of a fault.`, `Put ${own} beside params.`);
      const armed = await control.arm(
        choice ?? makeChoice(fault ?? '', [...Object.entries(params), ...(Object.entries(when) as [string, string | number][])]),
      );
      return { type: 'json', status: 201, json: armed, location: `/v1/armed/${encodeURIComponent(armed.choice.key)}` };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/armed',
    id: 'disarmAll',
    summary: 'Disarms every fault',
    answers: { 200: { about: 'How many there were.', schema: shape({ disarmed: whole() }) } },
    handle: async (_, { control }) => json({ disarmed: await control.disarmAll() }),
  },
  {
    method: 'DELETE',
    path: '/v1/armed/{key}',
    id: 'disarmFault',
    summary: 'Disarms one fault',
    params: { key: { in: 'path', about: 'The key under which it is armed.', schema: { type: 'string', maxLength: 200 } } },
    answers: { 204: { about: 'It is disarmed.' } },
    handle: async (asked, { control }) => {
      await control.disarm(textOf(asked, 'key'));
      return nothing;
    },
  },
  {
    method: 'GET',
    path: '/v1/rules',
    id: 'listRules',
    summary: 'The rules in force, with what each has armed',
    answers: { 200: { about: 'All of them.', schema: shape({ rules: list(ref('ArmedRule')) }) } },
    handle: async (_, { control }) => json({ rules: await control.rules() }),
  },
  {
    method: 'PUT',
    path: '/v1/rules',
    id: 'replaceRules',
    summary: 'Puts other rules in the place of those that were put here before',
    about:
      'The rules of --rules stay, and so does the seed. A rule that is the same as before keeps its counts. Wrong rules change nothing.',
    body: {
      about: 'A rules file, as YAML or as the same in JSON.',
      required: true,
      schema: { type: 'object' },
      textTypes: ['text/yaml', 'application/yaml'],
    },
    answers: { 200: { about: 'The rules now in force.', schema: shape({ rules: list(ref('ArmedRule')) }) } },
    handle: async ({ body }, { control }) => {
      // JSON is YAML.
      const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
      return json({ rules: await control.replaceRules(text) });
    },
  },
];

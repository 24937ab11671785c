import { type Held, type HoldSpec, holdPlaces, type Verdict } from '../../../model/hold.js';
import { holdLimits } from '../../../proxy/holds.js';
import { payloadOf, told } from '../payload.js';
import { RequestProblem } from '../problem-answer.js';
import { bodyOf, json, nothing, type Param, type Route, textOf } from '../route.js';
import { form, list, ref, shape } from '../schemas.js';

const id: Param = { in: 'path', about: 'Its id.', schema: { type: 'string', maxLength: 100 } };

const heldJson = ({ head, message, ...facts }: Held): object => ({
  ...facts,
  ...(head !== null && { head }),
  ...(message && { message: told(message) }),
});

interface Release {
  readonly action: 'release' | 'edit' | 'drop';
  readonly head?: string;
  readonly text?: string;
  readonly base64?: string;
}

const verdictOf = ({ action, head, ...payload }: Release): Verdict => {
  const has = { head: head !== undefined, message: payload.text !== undefined || payload.base64 !== undefined };
  if (action !== 'edit') {
    if (has.head || has.message)
      throw new RequestProblem(400, `The action ${action} takes nothing beside it.`, 'Choose the action edit, or leave the rest out.');
    return { type: action === 'drop' ? 'drop' : 'pass' };
  }
  if (has.head === has.message)
    throw new RequestProblem(
      400,
      'The action edit needs either the field head, or one of text and base64.',
      'Give what is to go on in its place.',
    );
  if (head !== undefined) return { type: 'edit-head', raw: head };
  const type = payload.text === undefined ? 'binary' : 'text';
  return { type: 'edit-message', message: { type, bytes: payloadOf({ type, ...payload }) } };
};

export const holdRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/holds',
    id: 'listHolds',
    summary: 'What is to be held, and what is held',
    answers: { 200: { about: 'Both.', schema: shape({ holds: list(ref('Hold')), held: list(ref('Held')) }) } },
    handle: async (_, { control }) => {
      const { holds, held } = await control.holds();
      return json({ holds, held: held.map(heldJson) });
    },
  },
  {
    method: 'POST',
    path: '/v1/holds',
    id: 'addHold',
    summary: 'From now on what fits waits until somebody lets it go',
    about: `A message that waits keeps back what its sender said behind it, but for pings and pongs. At most ${holdLimits.held} things are held at one time, and no message over ${holdLimits.messageBytes} bytes: what is over that goes on, and its exchange says so. Faults come behind: what is held is what its sender sent.`,
    body: {
      about:
        'For example {"at":"request","match":"path ~ socket"}, or {"at":"message","from":"client","match":"message ~ hello","times":1}.',
      required: true,
      schema: form(
        {
          at: { type: 'string', enum: [...holdPlaces], description: 'The request head of a handshake, its response head, or messages.' },
          from: { type: 'string', enum: ['client', 'server'], description: 'Messages of this side only.' },
          match: {
            type: 'string',
            maxLength: 4096,
            description: 'In the filter language; of a message it may ask for message and its kin.',
          },
          times: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'So many, and then no more.' },
          ms: {
            type: 'integer',
            minimum: 1,
            maximum: holdLimits.ms,
            description: `How long each waits before it goes on as it was; ${holdLimits.ms} without it.`,
          },
        },
        ['at'],
      ),
    },
    answers: { 201: { about: 'The hold.', schema: ref('Hold') } },
    handle: async (asked, { control }) => {
      const spec = bodyOf<HoldSpec>(asked);
      if (spec.from !== undefined && spec.at !== 'message')
        throw new RequestProblem(400, `The field from is for messages, and a ${spec.at} has one sender only.`, 'Leave it out.');
      const hold = await control.hold(spec);
      return { type: 'json', status: 201, json: hold, location: `/v1/holds/${hold.id}` };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/holds',
    id: 'endHolds',
    summary: 'Ends every hold, and lets go of all that is held',
    answers: { 204: { about: 'Nothing is held any more.' } },
    handle: async (_, { control }) => {
      const { holds, held } = await control.holds();
      for (const hold of new Set([...holds.map((one) => one.id), ...held.map((one) => one.hold)])) await control.unhold(hold);
      return nothing;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/holds/{id}',
    id: 'endHold',
    summary: 'Ends one hold, and lets go of what it holds',
    params: { id },
    answers: { 204: { about: 'It is ended.' } },
    handle: async (asked, { control }) => {
      await control.unhold(textOf(asked, 'id'));
      return nothing;
    },
  },
  {
    method: 'POST',
    path: '/v1/held/{id}',
    id: 'releaseHeld',
    summary: 'Lets go of something that is held: as it was, changed, or not at all',
    about: 'A handshake whose head is dropped ends with a reset of both legs; a message that is dropped never arrives.',
    params: { id },
    body: {
      about:
        '{"action":"release"}, {"action":"drop"}, {"action":"edit","head":"GET /other HTTP/1.1\\r\\n..."} or {"action":"edit","text":"hello"}.',
      required: true,
      schema: form(
        {
          action: { type: 'string', enum: ['release', 'edit', 'drop'] },
          head: {
            type: 'string',
            maxLength: 512 * 1024,
            description: 'The whole head as latin1 text with its blank line; behind that of an answer its body may stand.',
          },
          text: { type: 'string', description: 'In the place of the message, a text.' },
          base64: { type: 'string', description: 'In the place of the message, a binary one.' },
        },
        ['action'],
      ),
    },
    answers: { 204: { about: 'It is let go.' } },
    handle: async (asked, { control }) => {
      await control.release(textOf(asked, 'id'), verdictOf(bodyOf<Release>(asked)));
      return nothing;
    },
  },
];

import { exchangeLine } from '../../../recording/exchange-json.js';
import { messageLine } from '../../../recording/message-json.js';
import { isValidCloseCode } from '../../../wire/close-code.js';
import type { ExchangeDetail, MessageContent, MessageRow } from '../../control.js';
import { payloadOf } from '../payload.js';
import { RequestProblem } from '../problem-answer.js';
import { type Asked, bodyOf, type Desk, json, nothing, numberOf, type Param, type Route, textOf } from '../route.js';
import { flag, form, list, ref, shape, text, whole } from '../schemas.js';

export const id: Param = { in: 'path', about: 'The exchange.', schema: { type: 'string', maxLength: 100 } };
const from: Param = { in: 'query', about: 'The first one that is wanted, counted from 0.', schema: { type: 'integer', minimum: 0 } };
const limit: Param = { in: 'query', about: 'How many are wanted; 100 without it.', schema: { type: 'integer', minimum: 0, maximum: 1000 } };
export const filter: Param = {
  in: 'query',
  about: 'In the filter language of docs/filter.md.',
  schema: { type: 'string', maxLength: 4096 },
};

const notThere = (what: string): RequestProblem => new RequestProblem(404, `There is no ${what}.`, 'List them for what there is.');

const detailOf = async (asked: Asked, { control }: Desk): Promise<ExchangeDetail> => {
  const detail = await control.detail(textOf(asked, 'id'));
  if (!detail) throw notThere(`exchange ${JSON.stringify(textOf(asked, 'id'))}`);
  return detail;
};

const messageJson = (exchange: string, { number, at, ...facts }: MessageRow | MessageContent): object => {
  const bytes = 'bytes' in facts ? facts.bytes : facts.start;
  const cut = facts.cut || bytes.length < facts.length;
  return { number, ...(JSON.parse(messageLine(exchange, at, { ...facts, bytes, cut })) as object) };
};

export const exchangeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/exchanges',
    id: 'listExchanges',
    summary: 'The exchanges in memory, oldest first',
    params: { filter, from, limit },
    answers: { 200: { about: 'A window of the list.', schema: shape({ total: whole('How many fit.'), rows: list(ref('ExchangeRow')) }) } },
    handle: async (asked, { control }) => {
      const window = { from: numberOf(asked, 'from', 0), limit: numberOf(asked, 'limit', 100) };
      const { total, rows } = await control.rows({ ...window, filter: textOf(asked, 'filter'), all: true });
      return json({ total, rows });
    },
  },
  {
    method: 'GET',
    path: '/v1/exchanges/{id}',
    id: 'getExchange',
    summary: 'One exchange with its heads, legs, faults and findings',
    params: { id },
    answers: { 200: { about: 'As it stands.', schema: ref('Exchange') } },
    handle: async (asked, desk) => {
      const { exchange, findings } = await detailOf(asked, desk);
      return { type: 'text', status: 200, contentType: 'application/json', text: exchangeLine(exchange, findings) };
    },
  },
  {
    method: 'GET',
    path: '/v1/exchanges/{id}/messages',
    id: 'listMessages',
    summary: 'The messages of an exchange, with the beginning of each',
    params: { id, from, limit },
    answers: {
      200: { about: 'A window of them.', schema: shape({ total: whole(), messages: list(ref('Message')), trouble: text() }, ['trouble']) },
    },
    handle: async (asked, desk) => {
      await detailOf(asked, desk);
      const exchange = textOf(asked, 'id');
      const window = { from: numberOf(asked, 'from', 0), limit: numberOf(asked, 'limit', 100) };
      const { total, messages, trouble } = await desk.control.messages(exchange, window);
      return json({
        total,
        messages: messages.map((message) => messageJson(exchange, message)),
        ...(trouble !== undefined && { trouble }),
      });
    },
  },
  {
    method: 'GET',
    path: '/v1/exchanges/{id}/messages/{number}',
    id: 'getMessage',
    summary: 'One message with its payload, at most 1 MiB of it',
    params: { id, number: { in: 'path', about: 'Its number, from 0.', schema: { type: 'integer', minimum: 0 } } },
    answers: { 200: { about: 'The message.', schema: ref('Message') } },
    handle: async (asked, desk) => {
      await detailOf(asked, desk);
      const message = await desk.control.message(textOf(asked, 'id'), numberOf(asked, 'number', 0));
      if (!message) throw notThere(`message ${textOf(asked, 'number')} in it`);
      return json(messageJson(textOf(asked, 'id'), message));
    },
  },
  {
    method: 'POST',
    path: '/v1/exchanges/{id}/replay',
    id: 'replayExchange',
    summary: 'Sends the recorded client side again through the same door, and says what went otherwise',
    params: { id },
    body: {
      about: 'Faults for this replay only, each in the syntax of --fault: {"faults":["drop-upgrade"]}.',
      required: false,
      schema: form({ faults: { type: 'array', maxItems: 100, items: { type: 'string', maxLength: 4096 } } }),
    },
    answers: { 200: { about: 'How it went.', schema: ref('Replay') } },
    handle: async (asked, { control }) =>
      json(await control.replay(textOf(asked, 'id'), bodyOf<{ readonly faults?: readonly string[] }>(asked).faults ?? [])),
  },
  {
    method: 'POST',
    path: '/v1/exchanges/{id}/inject',
    id: 'injectFrame',
    summary: 'Puts a frame into an open WebSocket, at the next place where one may stand',
    params: { id },
    body: {
      about: 'For example {"to":"client","type":"text","text":"hello"}; a Close takes code and reason in place of a payload.',
      required: true,
      schema: form(
        {
          to: { type: 'string', enum: ['client', 'server'], description: 'Who gets it.' },
          type: { type: 'string', enum: ['text', 'binary', 'ping', 'pong', 'close'] },
          ...{ text: text('The payload as text.'), base64: text('The payload as base64.') },
          code: { type: 'integer', minimum: 0, maximum: 65_535, description: 'Of a Close; any number, also one that must not be sent.' },
          reason: { type: 'string', maxLength: 123 },
        },
        ['to', 'type'],
      ),
    },
    answers: { 204: { about: 'It is on its way.' } },
    handle: async (asked, { control }) => {
      const { to, type, ...rest } = bodyOf<Parameters<typeof payloadOf>[0] & { readonly to: 'client' | 'server' }>(asked);
      await control.inject(textOf(asked, 'id'), { to, type, payload: payloadOf({ type, ...rest }) });
      return nothing;
    },
  },
  {
    method: 'POST',
    path: '/v1/exchanges/{id}/close',
    id: 'closeExchange',
    summary: 'Says Close to both sides of an open WebSocket, and ends it when they have not done so a second later',
    params: { id },
    body: {
      about: 'For example {"code":1012,"reason":"service restart"}; 1000 without a code.',
      required: false,
      schema: form({ code: { type: 'integer', minimum: 1000, maximum: 4999 }, reason: { type: 'string', maxLength: 123 } }),
    },
    answers: { 204: { about: 'Both have been told.' } },
    handle: async (asked, { control }) => {
      const words = bodyOf<{ readonly code?: number; readonly reason?: string }>(asked);
      if (words.code !== undefined && !isValidCloseCode(words.code))
        throw new RequestProblem(
          400,
          `A Close frame may not carry the code ${words.code} (RFC 6455 7.4).`,
          'Put such a one in by POST /v1/exchanges/{id}/inject.',
        );
      await control.close(textOf(asked, 'id'), words);
      return nothing;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/exchanges/{id}',
    id: 'killExchange',
    summary: 'Resets both legs of an exchange that is under way',
    about: 'Its record stays. A stream of HTTP/2 is reset, and its connection goes on.',
    params: { id },
    answers: { 204: { about: 'Both legs are reset.' } },
    handle: async (asked, { control }) => {
      await control.kill(textOf(asked, 'id'));
      return nothing;
    },
  },
  {
    method: 'GET',
    path: '/v1/events',
    id: 'followEvents',
    summary: 'The events as they happen, as server-sent events',
    about:
      'Each is one JSON line as `shakedown start --json` prints it. A reader that comes back with Last-Event-ID, or with `since`, first gets what it has missed, as far as that is kept (10,000 events; never those of type bytes and given). One that reads too slowly loses events, and is told how many by an event of type notice. A comment every 15 s shows that the stream lives.',
    params: {
      filter: { ...filter, about: 'Only events of exchanges that fit as they stand then; those of the process itself always come.' },
      since: {
        in: 'query',
        about: 'The number of the last event that is known; 0 for all that is kept.',
        schema: { type: 'integer', minimum: 0 },
      },
      bytes: { in: 'query', about: 'false leaves out what crossed behind the heads: events of type bytes and given.', schema: flag() },
      verdicts: {
        in: 'query',
        about:
          'true adds what is held to be wrong with an exchange, as soon as that can be said, and again at its end: server-sent events called `verdict`, with its findings (an empty list: nothing), without a number and never repeated.',
        schema: flag(),
      },
      'Last-Event-ID': {
        in: 'header',
        about: 'As `since`; what a reader sends by itself when it comes back.',
        schema: { type: 'integer', minimum: 0 },
      },
    },
    answers: { 200: { about: 'The stream.', type: 'text/event-stream', schema: text() } },
    handle: async (asked, { hub, chooser }) => {
      if (hub.full) throw new RequestProblem(503, 'Too many readers follow the events already.', 'End one of them first.');
      const { params } = asked;
      const since = params.since ?? params['Last-Event-ID'];
      const wants = chooser(textOf(asked, 'filter'));
      const wish = {
        since: typeof since === 'number' ? since : null,
        bytes: params.bytes !== false,
        verdicts: params.verdicts === true,
        wants,
      };
      return { type: 'stream', begin: (response) => hub.stream(response, wish) };
    },
  },
];

import type { ExchangeDetail } from '../../control/control.js';
import { formatChoice } from '../../faults/choice.js';
import type { Event } from '../../model/event.js';
import { urlOf } from '../../model/target.js';
import { type Line, plain, type Span, span } from '../paint.js';
import { appliedOf, closeOf, count, duration, outcomeOf, timeOfDay } from '../wording.js';
import { ansi } from './ansi.js';

/** Whether the line of this event says more when the exchange as it stands is at hand. */
export const wantsDetail = (event: Event): boolean =>
  (event.type === 'head' && event.site === 'clientGot' && event.informational !== true) ||
  event.type === 'refused' ||
  event.type === 'closed';

/**
 * One line for an event that tells a user something, none for the others. `detail` is the exchange as it stands after the event;
 * without it a refusal has no finding and an end no counts.
 */
export const humanLine = (
  event: Event,
  { colour, detail = null, ca = null }: { readonly colour: boolean; readonly detail?: ExchangeDetail | null; readonly ca?: string | null },
): string | undefined => {
  const said = tell(event, detail, ca);
  if (!said) return undefined;
  const who: Span[] = event.exchange === '' ? [] : [span(`${plain(event.exchange, 12)}  `, 'dim')];
  return ansi([span(`${timeOfDay(event.at, 'milliseconds')}  `, 'dim'), ...who, ...said], colour);
};

const short = (text: string): string => plain(text, 500);

const tell = (event: Event, detail: ExchangeDetail | null, ca: string | null): Line | undefined => {
  if (event.type === 'listening') return listening(event, ca);
  if (event.type === 'notice')
    return [span(`${event.level}: `, event.level === 'error' ? 'bad' : event.level === 'warning' ? 'warn' : 'dim'), span(event.text)];
  if (event.type === 'armed') return [span('armed  ', 'alarm'), span(formatChoice(event.choice))];
  if (event.type === 'disarmed') return [span(`disarmed ${event.key}${event.why === 'spent' ? ': it was applied as often as asked' : ''}`)];
  if (event.type === 'target') {
    return event.kind === 'websocket' || event.kind === 'tunnel'
      ? [span('opening  ', 'accent'), span(short(urlOf(event.target)))]
      : undefined;
  }
  if (event.type === 'fault') return [span('fault    ', 'warn'), span(short(appliedOf(event.fault)))];
  if (event.type === 'fault-failed')
    return [span('fault    ', 'bad'), span(`${event.id} failed and was left out: ${short(event.message)}`)];
  const byHand = handLine(event);
  if (byHand) return byHand;
  if (event.type === 'refused' && event.why === 'landing-page') return [span('answered ', 'dim'), span(short(event.text))];
  if (event.type === 'refused')
    return [span('refused  ', 'bad'), span(`${event.status} by shakedown: ${short(event.text)}`), ...findingOf(detail)];
  if (event.type === 'head' && event.site === 'clientGot' && event.informational !== true) return answer(detail);
  return event.type === 'closed' ? closing(detail) : undefined;
};

/** What waits for somebody, or was done by hand. */
const handLine = (event: Event): Line | undefined => {
  if (event.type === 'hold') {
    const from = event.from === undefined ? '' : ` of the ${event.from}`;
    return [
      span('holding  ', 'alarm'),
      span(`${event.what}${from}${event.match === undefined ? '' : `, ${short(event.match)}`} (${event.hold})`),
    ];
  }
  if (event.type === 'unhold') return [span(`${event.hold} is over${event.why === 'spent' ? ': it has caught as many as asked' : ''}`)];
  if (event.type === 'held') return [span('held     ', 'alarm'), span(`${event.what} of the ${event.from} (${event.held})`)];
  if (event.type === 'released') return [span('let go   ', 'accent'), span(`${event.held} was ${event.how}${releases[event.why]}`)];
  if (event.type === 'injected')
    return [span('put in   ', 'warn'), span(`${event.frame}, ${count(event.bytes, 'byte')}, towards the ${event.to}`)];
  return undefined;
};

const releases: Readonly<Record<string, string>> = {
  asked: '',
  time: ': nobody let it go in time',
  left: ': a peer has gone',
  unheld: ': its hold was ended',
};

const listening = (event: Event & { type: 'listening' }, ca: string | null): Line => [
  span(`shakedown ${event.version} listens on `),
  span(event.proxy, 'strong'),
  span(": set it as your app's HTTP or SOCKS proxy"),
  ...(ca === null ? [] : [span(`; for wss the app must trust ${ca}`)]),
  ...(event.recording === null ? [] : [span(` · recording ${event.recording}`)]),
  ...(event.control ? [span(` · control API ${event.control}`)] : []),
  span(` · seed ${event.seed}`),
];

const findingOf = (detail: ExchangeDetail | null): Span[] => {
  const first = detail?.findings[0];
  return first ? [span(' · '), span(first.code, 'strong'), span(`: ${short(first.title)}`)] : [];
};

const answer = (detail: ExchangeDetail | null): Line | undefined => {
  if (!detail) return undefined;
  const { exchange } = detail;
  // Its own answer was told with the event `refused`.
  if (exchange.refusal) return undefined;
  if (exchange.kind === 'http') return [span('http     ', 'dim'), span(`${exchange.status} ${short(detail.url)}`), ...findingOf(detail)];
  // A refusal is told when it has ended: its body often says more than its head.
  if (exchange.marks.open === null) return undefined;
  const { word, tone } = outcomeOf('open');
  return [span(word.padEnd(9), tone), span(`${exchange.status} ${short(detail.url)}`), ...findingOf(detail)];
};

const closing = (detail: ExchangeDetail | null): Line | undefined => {
  if (!detail) return undefined;
  const { exchange } = detail;
  const { fromClient, fromServer } = exchange.frames;
  if (exchange.outcome === 'failed' && !exchange.refusal) return [span('failed   ', 'bad'), span(short(detail.url)), ...findingOf(detail)];
  if (exchange.outcome === 'refused') {
    const { word, tone } = outcomeOf('refused');
    return [span(word.padEnd(9), tone), span(`${exchange.status} ${short(detail.url)}`), ...findingOf(detail)];
  }
  if (exchange.outcome === 'tunnelled') return [span('closed   '), span(`tunnel${after(exchange)}`)];
  if (exchange.outcome !== 'closed') return undefined;
  const sides = [
    `client: ${count(fromClient.frames, 'frame')}, ${closeOf(fromClient.close)}`,
    `server: ${count(fromServer.frames, 'frame')}, ${closeOf(fromServer.close)}`,
  ];
  return [span('closed   '), span([`${exchange.status}${after(exchange)}`, ...sides].join(' · ')), ...findingOf(detail)];
};

const after = ({ client }: ExchangeDetail['exchange']): string =>
  client.timings.total === undefined ? '' : ` after ${duration(client.timings.total)}`;

import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { fieldValues, type Head } from '../model/head.js';
import type { Timings } from '../model/leg.js';
import { type Difference, differ } from './contrast.js';
import { both } from './way.js';

type Pair = readonly [a: Exchange, b: Exchange];
const sides = ['client', 'server'] as const;

export const isOpened = ({ marks }: Exchange): boolean => marks.open !== null;

const answerOf = ({ heads }: Exchange): Head | undefined => heads.clientGot ?? heads.serverSent ?? undefined;

/** What the 101 agreed on, and HTTP/2's SETTINGS. */
export const contrastAgreement = (pair: Pair): Difference[] => {
  const agreed = (name: string) => both(pair, (exchange) => fieldValues(answerOf(exchange), name).join(', '));
  return [
    ...(pair.every(isOpened)
      ? [
          ...differ('subprotocol', 'subprotocol', agreed('sec-websocket-protocol')),
          ...differ('extensions', 'extensions', agreed('sec-websocket-extensions')),
        ]
      : []),
    ...contrastSettings(pair),
  ];
};

const contrastSettings = (pair: Pair): Difference[] => {
  if (!pair[0].http2 || !pair[1].http2) return [];
  return sides.flatMap((side) => {
    const [a, b] = [pair[0].http2?.settings[side] ?? {}, pair[1].http2?.settings[side] ?? {}];
    const shown = (settings: Readonly<Record<string, number>>, name: string) =>
      String((Object.hasOwn(settings, name) ? settings[name] : '') ?? '');
    return [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .sort()
      .flatMap((name) =>
        differ(name === 'ENABLE_CONNECT_PROTOCOL' ? 'http-version' : 'settings', `${side}.settings.${name}`, [
          shown(a, name),
          shown(b, name),
        ]),
      );
  });
};

/** How it came out; an exchange that was still open when its recording ended is as good as one that has closed. */
export const contrastOutcome = (pair: Pair): Difference[] => [
  // The file of an import can tell the status without a head.
  ...(pair.every(({ heads, imported }) => heads.serverSent !== null || imported === undefined)
    ? []
    : differ(
        'status',
        'status',
        both(pair, ({ status }) => (status > 0 ? String(status) : '')),
      )),
  ...differ(
    'outcome',
    'outcome',
    both(pair, ({ outcome }) => (outcome === 'open' ? 'closed' : outcome)),
  ),
  ...differ(
    'outcome',
    'refusal',
    both(pair, ({ refusal }) => (refusal ? `${refusal.status}, by shakedown (${refusal.why})` : '')),
  ),
  ...differ(
    'handshake-answer',
    'response.informational',
    both(pair, ({ informational }) => informational.map(({ startLine }) => startLine).join(', ')),
  ),
  ...(['clientSent', 'serverSent'] as const).flatMap((site) =>
    differ(
      'syntax',
      `${site === 'clientSent' ? 'request' : 'response'} in place of a head`,
      both(pair, ({ notAHead }) => (notAHead[site] ? `${notAHead[site].why}: ${notAHead[site].raw.slice(0, 200)}` : '')),
    ),
  ),
];

/** Codes that only one of the two has. */
export const contrastFindings = ([a, b]: readonly [a: readonly Finding[], b: readonly Finding[]]): Difference[] => {
  const codes = (findings: readonly Finding[], others: readonly Finding[]) =>
    findings
      .map(({ code }) => code)
      .filter((code) => !others.some((other) => other.code === code))
      .sort()
      .join(', ');
  return differ('finding', 'finding', [codes(a, b), codes(b, a)]);
};

/** Close frames, broken frames, and who ended what. Only between two that were opened, and have ended. */
export const contrastEnds = (pair: Pair): Difference[] => {
  if (!pair.every(isOpened)) return [];
  const complete = pair.every(({ endedAt }) => endedAt !== null);
  return sides.flatMap((side) => {
    const tally = side === 'client' ? 'fromClient' : 'fromServer';
    return [
      ...differ(
        'frame-defect',
        `${side}.frames`,
        both(pair, ({ frames }) => defectsOf(frames[tally].defects)),
      ),
      ...differ(
        'ending',
        `${side}.goaway`,
        both(pair, (exchange) => exchange[side]?.goaway?.code ?? ''),
      ),
      ...(complete
        ? [
            ...differ(
              'close',
              `close.${side}`,
              both(pair, ({ frames }) => closeOf(frames[tally].close)),
            ),
            ...differ(
              'ending',
              `${side}.end`,
              both(pair, (exchange) => endOf(exchange, side)),
            ),
          ]
        : []),
    ];
  });
};

const defectsOf = (defects: readonly { readonly code: string }[]): string =>
  [...new Set(defects.map(({ code }) => code))].sort().join(', ');
const closeOf = (close: { readonly code: number; readonly reason: string } | null): string =>
  close ? `${close.code}${close.reason === '' ? '' : ` ${close.reason}`}` : '';

/** Which side said FIN first, or carried it across, is a race; what is no FIN is none. */
const endOf = (exchange: Exchange, side: 'client' | 'server'): string => {
  const end = exchange[side]?.end;
  return !end || end.how === 'fin' || end.by === 'shakedown' ? '' : [end.how, end.code].filter(Boolean).join(' ');
};

/** Total counts how long people looked at it. */
const phases: readonly Exclude<keyof Timings, 'total'>[] = ['dns', 'connect', 'proxy', 'tls', 'request', 'response'];
/** What is under a second longer, or under four times as long, is the weather. */
const muchMs = 1000;
const muchTimes = 4;

export const contrastTimings = (pair: Pair): Difference[] =>
  sides.flatMap((side) =>
    phases.flatMap((phase) => {
      const [a, b] = [pair[0][side]?.timings[phase], pair[1][side]?.timings[phase]];
      if (a === undefined || b === undefined) return [];
      const [short, long] = [Math.min(a, b), Math.max(a, b)];
      if (long - short < muchMs || long < short * muchTimes) return [];
      return differ('timing', `${side}.${phase}`, [`${Math.round(a)} ms`, `${Math.round(b)} ms`]);
    }),
  );

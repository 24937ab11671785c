import type { ExchangeRow } from '../control/control.js';
import type { LanInfo } from '../control/lan.js';
import { formatChoice } from '../faults/choice.js';
import type { Exchange, Outcome } from '../model/exchange.js';
import type { AppliedFault } from '../model/fault-choice.js';
import type { Finding } from '../model/finding.js';
import type { FrameTally } from '../model/frame.js';
import { isHttp2 } from '../model/head.js';
import { lacks } from '../model/imported.js';
import type { Address, LegEnd } from '../model/leg.js';
import { authorityOf } from '../model/target.js';
import { closeCodeName } from '../wire/close-code.js';
import type { Tone } from './paint.js';

const outcomes: Record<Outcome, { readonly word: string; readonly mark: string; readonly tone: Tone }> = {
  pending: { word: 'waiting', mark: '…', tone: 'warn' },
  open: { word: 'open', mark: '●', tone: 'good' },
  closed: { word: 'closed', mark: '✓', tone: 'good' },
  refused: { word: 'refused', mark: '✗', tone: 'bad' },
  answered: { word: 'http', mark: '·', tone: 'dim' },
  tunnelled: { word: 'tunnel', mark: '·', tone: 'dim' },
  failed: { word: 'failed', mark: '✗', tone: 'bad' },
};

/** How it stands, as a word with its mark. An error that was found after a 101 outweighs the 101. */
export const outcomeOf = (outcome: Outcome, worst?: Finding['severity']): { word: string; mark: string; tone: Tone } => {
  const said = outcomes[outcome];
  if (said.tone === 'bad' || worst === undefined || worst === 'info') return said;
  return { ...said, mark: '!', tone: worst === 'error' ? 'bad' : 'warn' };
};

/** One line: `403 refused · origin.rejected`. */
export const verdict = (row: Pick<ExchangeRow, 'status' | 'outcome'> & { readonly finding: { readonly code: string } | null }): string =>
  [`${row.status > 0 ? `${row.status} ` : ''}${outcomes[row.outcome].word}`, ...(row.finding ? [row.finding.code] : [])].join(' · ');

/** `0.4 ms`, `12 ms`, `3.4 s`, `2 min 5 s`, `3 h 20 min`; `-` when it is no time. */
export const duration = (ms: number | undefined): string => {
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return '-';
  if (ms < 9.95) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** `512 B`, `1.5 KiB`, `3.0 MiB`. */
export const bytes = (count: number): string => {
  if (count < 1024) return `${count} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = count / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
};

/** `1 frame`, `3 frames`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Time of day where the user sits, `15:04:05`, with `.678` when asked; the text itself when it is no time. */
export const timeOfDay = (iso: string, precision: 'seconds' | 'milliseconds' = 'seconds'): string => {
  const at = new Date(iso.replace(/(\.\d{3})\d+Z$/, '$1Z'));
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return precision === 'seconds' ? clock : `${clock}.${String(at.getMilliseconds()).padStart(3, '0')}`;
};

/** `127.0.0.1:8080`; the address alone where an imported file has no port. */
export const addressOf = ({ address, port }: Address): string => (port === 0 ? address : authorityOf({ host: address, port }));

const peers = { client: 'the client', server: 'the server' } as const;

/** How a leg of an exchange stands or ended. */
export const endingOf = (
  exchange: Pick<Exchange, 'client' | 'server' | 'endedAt' | 'kind' | 'heads' | 'imported'>,
  side: 'client' | 'server',
): string => {
  const leg = exchange[side];
  if (!leg?.end && (lacks(exchange, 'end') || (lacks(exchange, 'legs') && !leg?.peer))) return 'not recorded';
  if (!leg || (leg.peer === null && !leg.end)) return 'never connected';
  if (leg.end || exchange.endedAt === null) return endOf(side, leg.end, isStream(exchange, side));
  if (exchange.kind === 'http') return 'left open for the next request';
  return leg.tlsFailure ? 'over: its TLS handshake failed' : 'over';
};

/** Whether that leg was a stream of an HTTP/2 connection, and not a connection of its own. */
export const isStream = ({ heads }: Pick<Exchange, 'heads'>, side: 'client' | 'server'): boolean => {
  const request = side === 'client' ? heads.clientSent : heads.serverGot;
  return request !== null && isHttp2(request);
};

/** Who ended a leg and how: `the server closed (FIN)`, `the server reset the stream (RST_STREAM, CANCEL)`. */
export const endOf = (side: 'client' | 'server', end: LegEnd | undefined, stream = false): string => {
  if (!end) return 'still connected';
  const who = end.by === 'peer' ? peers[side] : 'shakedown';
  const toward = end.by === 'peer' ? '' : ` towards ${peers[side]}`;
  const code = end.code === '' ? '' : `, ${end.code}`;
  if (end.how === 'reset' && end.code.startsWith('H2_')) return `${who} reset the stream${toward} (RST_STREAM, ${end.code.slice(3)})`;
  if (end.how === 'fin') return `${who} closed${toward} (${stream ? 'END_STREAM' : 'FIN'}${code})`;
  if (end.how === 'reset') return `${who} reset the connection${toward} (RST${code})`;
  if (end.how === 'timeout') return `${who === 'shakedown' ? 'shakedown gave up waiting' : `${who} timed out`}${toward}${code}`;
  return `the connection ${toward === '' ? `of ${who}` : toward.trim()} broke${code}`;
};

/** `1000 normal closure "bye"`; the reason stands as it came. */
export const closeOf = (close: FrameTally['close']): string => {
  if (!close) return 'no Close frame';
  return `${close.code} ${closeCodeName(close.code)}${close.reason === '' ? '' : ` "${close.reason}"`}`;
};

/** `12 frames (10 messages, 2 pings), 3.4 KiB`. */
export const tallyOf = (tally: FrameTally): string => {
  const parts = [
    count(tally.messages, 'message'),
    ...(tally.pings > 0 ? [count(tally.pings, 'ping')] : []),
    ...(tally.pongs > 0 ? [count(tally.pongs, 'pong')] : []),
  ];
  return `${count(tally.frames, 'frame')} (${parts.join(', ')}), ${bytes(tally.bytes)}`;
};

const entrances: Record<NonNullable<Exchange['entrance']>, string> = {
  connect: 'by CONNECT',
  absolute: 'by an absolute URL',
  socks5: 'by SOCKS5',
  socks4a: 'by SOCKS4a',
  reverse: 'straight to the port (reverse mode)',
};
/** How the client came in. */
export const entranceOf = (entrance: Exchange['entrance']): string => (entrance ? entrances[entrance] : 'by no known entrance');

/** `drop-upgrade on the server leg`. */
export const appliedOf = (fault: AppliedFault): string => `${chosenOf(fault)} on the ${fault.leg} leg`;

/** `bad-cert:kind=expired`. */
export const chosenOf = ({ id, params }: AppliedFault): string => formatChoice({ fault: id, params, probability: 1, times: null });

/** `95 % sure`. */
export const confidenceOf = (confidence: number): string => `${Math.round(confidence * 100)} % sure`;

/** Who comes in from other machines, and by what: `user shakedown, password aBcD, from 192.168.1.0/24 only`. */
export const lanText = ({ user, password, from, privateTargets }: LanInfo): string =>
  [
    `user ${user}`,
    password === null ? 'your password' : `password ${password}`,
    ...(from.length > 0 ? [`from ${from.join(', ')} only`] : []),
    ...(privateTargets ? ['private addresses open'] : []),
  ].join(', ');

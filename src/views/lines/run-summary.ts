import type { ExchangeDetail, ExchangeRow } from '../../control/control.js';
import type { Bypass } from '../../launch/run/bypass-watch.js';
import type { OwnAgent } from '../../launch/run/notes.js';
import { authorityOf } from '../../model/target.js';
import { plain } from '../paint.js';
import { count } from '../wording.js';
import { humanLine } from './human.js';

const mostLines = 20;

/** `3 exchanges came through: 2 WebSockets, 1 plain HTTP request; 1 has a finding`. */
export const tallyLine = (rows: readonly ExchangeRow[], failed: number): string => {
  const of = (fits: (row: ExchangeRow) => boolean): number => rows.filter(fits).length;
  const kinds = [
    [of(({ kind }) => kind === 'websocket'), 'WebSocket'],
    [of(({ kind }) => kind === 'http'), 'plain HTTP request'],
    [of(({ kind }) => kind === 'tunnel'), 'tunnel of other bytes', 'tunnels of other bytes'],
    [of(({ kind }) => kind === 'unknown'), 'that did not get as far as a request', 'that did not get as far as a request'],
  ] as const;
  const parts = kinds.flatMap(([n, one, many]) => (n === 0 ? [] : [count(n, one, many)]));
  const worse = failed === 0 ? '' : `; ${failed === 1 ? '1 has a finding' : `${failed} have findings`}`;
  return `${count(rows.length, 'exchange')} came through: ${parts.join(', ')}${worse}`;
};

/** Whether the closing summary names it: it failed, or something was found that is no mere remark. */
export const isWorthALine = ({ outcome, finding }: ExchangeRow): boolean =>
  outcome === 'failed' || outcome === 'refused' || (finding !== null && finding.severity !== 'info');

/** One exchange as its last live line told it. */
export const exchangeLine = (detail: ExchangeDetail, colour: boolean): string | undefined => {
  const { exchange } = detail;
  const place = { at: exchange.endedAt ?? exchange.startedAt, exchange: exchange.id };
  if (exchange.refusal) return humanLine({ ...place, type: 'refused', ...exchange.refusal }, { colour, detail });
  if (exchange.outcome === 'answered' || exchange.outcome === 'open')
    return humanLine({ ...place, type: 'head', site: 'clientGot' }, { colour, detail });
  return humanLine({ ...place, type: 'closed', client: { in: 0, out: 0 }, server: null }, { colour, detail });
};

/** The lines of the exchanges that are worth one, the first 20, and how many more there are. */
export const exchangeLines = (details: readonly ExchangeDetail[], { colour }: { readonly colour: boolean }): readonly string[] => {
  const lines = details.slice(0, mostLines).flatMap((detail) => exchangeLine(detail, colour) ?? []);
  return details.length > mostLines ? [...lines, `and ${details.length - mostLines} more: shakedown inspect shows them all`] : lines;
};

const place = ({ address, port }: Bypass['remote']): string => authorityOf({ host: address, port });
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** A word of a POSIX shell. */
const word = (text: string): string => (/^[\w./:=+@%,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The way that works whatever the client: the app's URL names shakedown itself. */
const reverseAdvice = (url: string, command: readonly string[]): string =>
  `shakedown run --port 8101 --reverse ${url} -- ${plain(command.map(word).join(' '), 300)}`;

const reasonFor = ({ program, remote }: Bypass, agents: readonly OwnAgent[]): string => {
  const agent = agents.find(({ to }) => to.port === remote.port);
  if (agent) return `the app gave its client an agent of its own (${plain(agent.agent, 80)}), and that chooses the way`;
  if (/^(?:node|npm|npx)/.test(program))
    return 'in Node: code that opens sockets itself (net, tls, http2), or gave its client an agent or a dispatcher of its own';
  if (/^(?:python|uvicorn|gunicorn|pytest)/.test(program))
    return 'in Python: a library that does not read proxy variables (websockets before 15, raw sockets), or only when told to (aiohttp: trust_env=True)';
  return `${plain(program, 40)} does not read proxy variables${isLoopback(remote.address) ? ', or not for this machine (Go never does)' : ''}`;
};

/** `python3 (pid 12) to 127.0.0.1:3000`. */
export const bypassPlace = ({ program, pid, remote }: Bypass): string => `${plain(program, 40)} (pid ${pid}) to ${place(remote)}`;

/** What went past: which process, where to, why that usually is, what to do. */
export const bypassLines = (bypasses: readonly Bypass[], agents: readonly OwnAgent[], command: readonly string[]): readonly string[] => {
  const [first] = bypasses;
  if (!first) return [];
  const total = bypasses.reduce((sum, { connections }) => sum + connections, 0);
  const times = ({ connections }: Bypass): string => (connections === 1 ? '' : `, ${connections} times`);
  const shown = bypasses.slice(0, mostLines).map((bypass) => `  ${bypassPlace(bypass)}${times(bypass)}`);
  const reasons = [...new Set(bypasses.map((bypass) => reasonFor(bypass, agents)))];
  const scheme = first.remote.port === 443 || first.remote.port === 8443 ? 'wss' : 'ws';
  return [
    `${count(total, 'connection')} went past shakedown:`,
    ...shown,
    ...(bypasses.length > mostLines ? [`  and ${bypasses.length - mostLines} more places`] : []),
    ...reasons.slice(0, mostLines).map((reason) => `  Why, usually: ${reason}.`),
    `  To see such a connection, put ws://127.0.0.1:8101 in place of the app's URL, and start${scheme === 'ws' ? ' (wss where the server speaks TLS)' : ''}:`,
    `  ${reverseAdvice(`${scheme}://${place(first.remote)}`, command)}`,
  ];
};

/** What is said when no client came at all; `watched` says whether connections that went past would have been seen. */
export const nothingCameLines = (command: readonly string[], watched: boolean): readonly string[] => [
  `nothing came through the proxy${watched ? ', and no connection was seen to go past it' : ''}. Usually that is because`,
  '  the command connected to nothing, or ended before it did;',
  '  its client does not read proxy variables, or was given a proxy or an agent of its own;',
  '  it handed its work to a program that ran already (a daemon, a browser, a container).',
  "  Where the client cannot be told, put ws://127.0.0.1:8101 in place of the app's URL, and start:",
  `  ${reverseAdvice('ws://HOST:PORT', command)}`,
];

/** Agents that were left alone, where nothing else tells of them. */
export const agentLines = (agents: readonly OwnAgent[]): readonly string[] => {
  const seen = new Map(agents.map((agent) => [`${agent.pid} ${agent.agent} ${place(agent.to)}`, agent]));
  return [...seen.values()].slice(0, mostLines).map(({ pid, agent, to }) => {
    const where = plain(place(to), 200);
    return `the app gave its client an agent of its own for ${where} (${plain(agent, 80)}, pid ${pid}): it was left alone`;
  });
};

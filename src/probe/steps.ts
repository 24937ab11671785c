import { statusText } from '../diagnosis/evidence.js';
import { didOpen, openFor } from '../diagnosis/trials/trial.js';
import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import { fieldValues } from '../model/head.js';
import type { CertificateFacts, TlsFacts } from '../model/tls-facts.js';
import { type Heard, heardNothing } from './listener.js';

/** The stations of an attempt, in the order in which it meets them. */
export const stations = ['dns', 'tcp', 'proxy', 'tls', 'upgrade', 'ping', 'hold', 'close'] as const;
export type Station = (typeof stations)[number];

/** How one station went. One that was not reached is left out. Captured text in it is not escaped. */
export interface Step {
  readonly step: Station;
  /** Milliseconds. Through a proxy, those of `dns` and `tcp` are of the way to the proxy. */
  readonly ms: number;
  readonly ok: boolean;
  /** In words: an address, a version of TLS, a status line. */
  readonly about: string;
  /** Of `dns`: every address, in the order in which they were tried. */
  readonly addresses?: readonly string[];
  /** Of `tls`, when its handshake was done, or a chain was shown before it failed. */
  readonly tls?: TlsStep;
  /** Of `upgrade`: the subprotocol that the server chose, null where it named none. */
  readonly protocol?: string | null;
  /** Of `upgrade`: what the server agreed on. */
  readonly extensions?: readonly string[];
}

export interface TlsStep {
  /** Null where the handshake failed. */
  readonly version: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  /** Leaf first. */
  readonly chain: readonly CertificateStep[];
}

export interface CertificateStep {
  readonly subject: string;
  readonly issuer: string;
  /** ISO time. */
  readonly notAfter: string;
  /** Whole days until then; negative: it is over. */
  readonly daysLeft: number;
  /** DNS names and IP addresses that it is good for. */
  readonly names: readonly string[];
}

type More = Omit<Partial<Step>, 'step' | 'ms' | 'ok' | 'about'>;

const step = (
  name: Station,
  took: { readonly ms: number | null | undefined; readonly ok: boolean },
  about: string,
  more: More = {},
): Step => ({
  step: name,
  ms: Math.max(0, Math.round((took.ms ?? 0) * 1000) / 1000),
  ok: took.ok,
  about,
  ...more,
});

const isOfResolver = (code: string): boolean => /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|ETIMEOUT)$/.test(code);

export interface Watched {
  /** For how long it was to be watched, milliseconds. */
  readonly holdMs: number;
  readonly heard?: Heard;
}

/** How far an attempt got. */
export const stepsOf = (exchange: Exchange, { holdMs, heard = heardNothing }: Watched): readonly Step[] => {
  const { server, target, upstream, dialFailure, dialAttempts } = exchange;
  if (!server || !target) return [];
  const { timings, peer } = server;
  const name = upstream?.proxy.host ?? target.host;
  const broke = { ms: heard.brokeAfterMs, ok: false };
  // Behind a proxy the failure is told of the whole way; what happened to the connection to it is told by its attempts.
  if (dialFailure && isOfResolver(dialFailure.code)) return [step('dns', broke, `${name}: ${dialFailure.code}`)];
  const { addresses } = heard;
  const found = addresses.length > 0 && !addresses.includes(name) ? `${name}: ${addresses.join(', ')}` : name;
  const steps: Step[] = [];
  if (timings.dns !== undefined || addresses.length > 0) steps.push(step('dns', { ms: timings.dns, ok: true }, found, { addresses }));
  const tried = dialAttempts.map(({ address, code }) => `${address} (${code})`);
  if (!peer && dialFailure) {
    const attempts = dialFailure.attempts.map(({ address, code }) => `${address} (${code})`);
    return [...steps, step('tcp', broke, attempts.join(', ') || dialFailure.code)];
  }
  if (peer) steps.push(step('tcp', { ms: timings.connect, ok: true }, [`${peer.address} port ${peer.port}`, ...tried].join(', ')));
  if (upstream) {
    const ok = upstream.outcome === 'ok' || upstream.outcome === null;
    steps.push(
      step('proxy', { ms: timings.proxy ?? heard.brokeAfterMs, ok: ok && !dialFailure }, upstream.why || dialFailure?.message || 'no word'),
    );
    if (!ok || dialFailure) return steps;
  }
  const tls = target.scheme === 'wss' ? tlsStep(exchange, heard) : null;
  if (tls) steps.push(tls);
  if (server.tlsFailure || exchange.heads.clientSent === null || exchange.refusal?.why === 'server-tls') return steps;
  steps.push(upgradeStep(exchange, heard));
  return didOpen(exchange) ? [...steps, ...afterOpening(exchange, { holdMs, heard })] : steps;
};

const tlsStep = ({ server, startedAt }: Exchange, heard: Heard): Step | null => {
  const { tls, tlsFailure, timings } = server ?? {};
  const nowMs = timeOf(startedAt);
  const chain = (tls ?? tlsFailure)?.chain.map((one) => certificateStep(one, nowMs)) ?? [];
  if (tlsFailure) {
    const about = tlsFailure.code === '' || tlsFailure.code.startsWith('SHK_') ? tlsFailure.message : tlsFailure.code;
    return step('tls', { ms: timings?.tls ?? heard.brokeAfterMs, ok: false }, about, {
      ...(chain.length > 0 && { tls: { version: null, cipher: null, alpn: null, chain } }),
    });
  }
  return tls ? step('tls', { ms: timings?.tls, ok: tls.authorized === true }, aboutTls(tls), { tls: { ...facts(tls), chain } }) : null;
};

const facts = ({ version, cipher, alpn }: TlsFacts): Omit<TlsStep, 'chain'> => ({ version, cipher, alpn });

const aboutTls = ({ version, cipher, error }: TlsFacts): string => [version, cipher, error].filter(Boolean).join(', ');

const dayMs = 86_400_000;

const certificateStep = ({ subject, issuer, notAfter, dnsNames, ipAddresses }: CertificateFacts, nowMs: number): CertificateStep => ({
  subject,
  issuer,
  notAfter,
  daysLeft: Math.floor((timeOf(notAfter) - nowMs) / dayMs),
  names: [...dnsNames, ...ipAddresses],
});

const upgradeStep = (exchange: Exchange, heard: Heard): Step => {
  const { heads, server, notAHead } = exchange;
  const answer = heads.serverSent;
  const ok = didOpen(exchange);
  const nothing = notAHead.serverSent && notAHead.serverSent.raw !== '' ? 'an answer that is no whole HTTP head' : 'no answer';
  const took = { ms: server?.timings.response ?? heard.brokeAfterMs, ok };
  if (!answer || !ok) return step('upgrade', took, answer ? statusText(answer) : nothing);
  return step('upgrade', took, statusText(answer), {
    protocol: fieldValues(answer, 'Sec-WebSocket-Protocol')[0] ?? null,
    extensions: fieldValues(answer, 'Sec-WebSocket-Extensions'),
  });
};

const afterOpening = (exchange: Exchange, { holdMs, heard }: { readonly holdMs: number; readonly heard: Heard }): readonly Step[] => {
  const { fromServer } = exchange.frames;
  const openMs = openFor(exchange);
  const stayed = openMs >= holdMs;
  const answered = fromServer.pongs > 0;
  const { close } = fromServer;
  return [
    step('ping', { ms: heard.pongMs, ok: answered }, answered ? 'answered' : 'no Pong'),
    step('hold', { ms: Math.min(openMs, holdMs), ok: stayed }, stayed ? 'it stayed open' : 'it was ended'),
    step(
      'close',
      { ms: heard.closeMs, ok: close !== null },
      close ? `Close ${close.code === 1005 ? 'without a code' : close.code}` : 'no Close',
    ),
  ];
};

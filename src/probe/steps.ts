import { statusText } from '../diagnosis/evidence.js';
import { didOpen, openFor } from '../diagnosis/trials/trial.js';
import type { Exchange } from '../model/exchange.js';

/** The stations of an attempt, in the order in which it meets them. */
export const stations = ['dns', 'tcp', 'proxy', 'tls', 'upgrade', 'ping', 'hold', 'close'] as const;
export type Station = (typeof stations)[number];

/** How one station went. One that was not reached is left out. */
export interface Step {
  readonly step: Station;
  readonly ms: number;
  readonly ok: boolean;
  /** In words: an address, a version of TLS, a status line. Captured text in it is not escaped. */
  readonly about: string;
}

const step = (name: Station, ms: number | undefined, ok: boolean, about: string): Step => ({
  step: name,
  ms: Math.round((ms ?? 0) * 1000) / 1000,
  ok,
  about,
});

/** How far an attempt got. `holdMs`: for how long it was to be watched. */
export const stepsOf = (exchange: Exchange, { holdMs }: { readonly holdMs: number }): readonly Step[] => {
  const { server, target, upstream, dialFailure, dialAttempts } = exchange;
  if (!server || !target) return [];
  const { timings, peer, tls, tlsFailure } = server;
  const steps: Step[] = [];
  const tried = dialAttempts.map(({ address, code }) => `${address} (${code})`);
  if (dialFailure && /^(ENOTFOUND|EAI_)/.test(dialFailure.code))
    return [step('dns', timings.dns, false, `${target.host}: ${dialFailure.code}`)];
  if (timings.dns !== undefined) steps.push(step('dns', timings.dns, true, target.host));
  if (dialFailure) {
    const attempts = dialFailure.attempts.map(({ address, code }) => `${address} (${code})`);
    return [...steps, step('tcp', timings.connect, false, attempts.join(', ') || dialFailure.code)];
  }
  if (peer) steps.push(step('tcp', timings.connect, true, [`${peer.address} port ${peer.port}`, ...tried].join(', ')));
  if (upstream) {
    const ok = upstream.outcome === 'ok' || upstream.outcome === null;
    steps.push(step('proxy', timings.proxy, ok, upstream.why));
    if (!ok) return steps;
  }
  if (target.scheme === 'wss') {
    if (tlsFailure) return [...steps, step('tls', timings.tls, false, tlsFailure.message)];
    if (tls) steps.push(step('tls', timings.tls, tls.authorized === true, [tls.version, tls.cipher, tls.error].filter(Boolean).join(', ')));
  }
  if (exchange.heads.clientSent === null) return steps;
  const answer = exchange.heads.serverSent;
  steps.push(step('upgrade', timings.response, didOpen(exchange), answer ? statusText(answer) : 'no answer'));
  return didOpen(exchange) ? [...steps, ...afterOpening(exchange, holdMs)] : steps;
};

const afterOpening = (exchange: Exchange, holdMs: number): readonly Step[] => {
  const { fromServer } = exchange.frames;
  const openMs = openFor(exchange);
  return [
    step('ping', undefined, fromServer.pongs > 0, fromServer.pongs > 0 ? 'answered' : 'no Pong'),
    step('hold', Math.min(openMs, holdMs), openMs >= holdMs, openMs >= holdMs ? 'it stayed open' : 'it was ended'),
    step('close', undefined, fromServer.close !== null, fromServer.close ? `Close ${fromServer.close.code}` : 'no Close'),
  ];
};

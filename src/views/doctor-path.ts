import type { DoctorReport } from '../control/doctor-report.js';
import type { Step } from '../probe/steps.js';
import { type Line, lineWidth, type Span, span } from './paint.js';
import { duration } from './wording.js';

/** How one station of the drawn path went. */
type State = 'good' | 'odd' | 'broken' | 'unreached';

interface Stop {
  readonly name: string;
  readonly state: State;
  /** Milliseconds; undefined where a station takes no time of its own. */
  readonly ms?: number | undefined;
}

const stepOf = ({ steps }: DoctorReport, name: Step['step']): Step | undefined => steps.find(({ step }) => step === name);

/** Through a proxy, the way to it is one station: it is the proxy that looks for the server. */
const reaching = (report: DoctorReport): readonly Stop[] => {
  const [dns, tcp, proxy] = (['dns', 'tcp', 'proxy'] as const).map((name) => stepOf(report, name));
  const stop = (name: string, step: Step | undefined): Stop => ({
    name,
    state: step === undefined ? 'unreached' : step.ok ? 'good' : 'broken',
    ms: step?.ms,
  });
  if (report.asked.proxy === null) {
    // An address in the URL is not looked up.
    const isName = dns?.ok !== true || (dns.addresses ?? []).some((address) => address !== dns.about);
    return [...(isName ? [stop('DNS', dns)] : []), stop('TCP', tcp)];
  }
  const way = [dns, tcp, proxy].filter((step) => step !== undefined);
  const isBroken = way.some(({ ok }) => !ok);
  const state = isBroken ? 'broken' : proxy ? 'good' : 'unreached';
  return [{ name: 'proxy', state, ms: way.reduce((sum, { ms }) => sum + ms, 0) }];
};

/** Whether an answer that opened is at fault itself, or what came behind it. */
const atFault = (report: DoctorReport): '101' | 'frames' | null => {
  if (report.ok || stepOf(report, 'upgrade')?.ok !== true) return null;
  const error = report.findings.find(({ severity }) => severity === 'error');
  const isAnswer = error?.evidence.some(({ what }) => what === 'response-head') === true && stepOf(report, 'hold')?.ok === true;
  return isAnswer || error?.code.startsWith('server.accept') || error?.code.startsWith('server.subprotocol') ? '101' : 'frames';
};

const stopsOf = (report: DoctorReport): readonly Stop[] => {
  const [tls, upgrade, hold] = (['tls', 'upgrade', 'hold'] as const).map((name) => stepOf(report, name));
  const isSecure = /^\s*(wss|https):/i.test(report.url);
  const fault = atFault(report);
  const odd = upgrade === undefined ? 'broken' : 'odd';
  const secured: Stop = { name: 'TLS', state: tls === undefined ? 'unreached' : tls.ok ? 'good' : odd, ms: tls?.ms };
  const opened = upgrade?.ok === true;
  return [
    ...reaching(report),
    ...(isSecure ? [secured] : []),
    { name: 'upgrade', state: upgrade === undefined ? 'unreached' : opened ? 'good' : 'broken', ms: upgrade?.ms },
    { name: opened ? String(report.status) : '101', state: opened ? (fault === '101' ? 'broken' : 'good') : 'unreached' },
    { name: 'frames', state: !opened || fault === '101' ? 'unreached' : fault ? 'broken' : 'good', ms: hold?.ms },
  ];
};

/** How much is said of the times: all, without space, of the broken station alone, none. */
const styles = ['full', 'tight', 'broken', 'none'] as const;
type Style = (typeof styles)[number];

const timeOf = ({ ms, state }: Stop, style: Style): string => {
  if (ms === undefined || state === 'unreached' || style === 'none' || (style === 'broken' && state !== 'broken')) return '';
  return style === 'full' ? ` ${duration(ms)}` : ` ${duration(ms < 100 ? Math.round(ms) : ms).replace(' ', '')}`;
};

const spanOf = (stop: Stop, style: Style): Span => {
  const text = `${stop.name}${timeOf(stop, style)}`;
  if (stop.state === 'broken') return span(`[BROKEN: ${text}]`, 'bad');
  if (stop.state === 'unreached') return span(text, 'dim');
  return stop.state === 'odd' ? span(`${text} (not trusted)`, 'warn') : span(text, 'good');
};

/**
 * How far it got, on one line: `app > DNS 1.2 ms > TCP 0.3 ms > [BROKEN: upgrade 4 ms] - 101 - frames`. What stands behind a dash was not
 * reached. Where nothing was tried, only the app stands there.
 */
export const pathLine = (report: DoctorReport, width: number): Line => {
  const stops = report.steps.length === 0 ? [] : stopsOf(report);
  const draw = (style: Style): Line => [
    span('app', 'good'),
    ...stops.flatMap((stop): Span[] => [span(stop.state === 'unreached' ? ' - ' : ' > ', 'dim'), spanOf(stop, style)]),
  ];
  const drawn = styles.map(draw);
  return drawn.find((line) => lineWidth(line) <= width) ?? draw('none');
};

import type { DoctorReport } from '../control/doctor-report.js';
import type { CertificateStep, Step } from '../probe/steps.js';
import { count, duration } from './wording.js';

/** A fact as a label and words; captured text in the words is not escaped yet. */
export type Fact = readonly [label: string, words: string];

const daysText = (days: number): string => (days < 0 ? `expired ${count(-days, 'day')} ago` : `${count(days, 'day')} left`);

const certificateText = ({ subject, daysLeft, names }: CertificateStep): string => {
  const shown = names.slice(0, 4).join(', ');
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  const good = names.length === 0 ? 'names no host' : `good for ${shown}${more}`;
  return `${subject === '' ? 'without a subject' : subject}, ${daysText(daysLeft)}, ${good}`;
};

const factsOfStep = (step: Step, { asked }: DoctorReport): readonly Fact[] => {
  const { ms, about } = step;
  switch (step.step) {
    case 'dns':
      return step.addresses?.some((address) => address !== about) ? [['addresses', step.addresses.join(', ')]] : [];
    case 'tcp':
      return [];
    case 'proxy':
      return [['proxy', about]];
    case 'tls': {
      const [leaf] = step.tls?.chain ?? [];
      const alpn = step.tls?.alpn ? `, ALPN ${step.tls.alpn}` : '';
      return [
        ['TLS', `${about.replace('TLSv', 'TLS ')}${alpn}`],
        ...(leaf ? ([['certificate', certificateText(leaf)]] as const) : []),
        ...(leaf ? ([['issued by', leaf.issuer === '' ? 'an issuer without a name' : leaf.issuer]] as const) : []),
      ];
    }
    case 'upgrade': {
      const none = asked.protocols.length === 0 ? 'none (none was offered)' : 'none, though some were offered';
      const agreed = step.extensions && step.extensions.length > 0 ? step.extensions.join(', ') : 'none';
      return [
        ['answer', `${about} after ${duration(ms)}`],
        ['subprotocol', step.protocol ?? none],
        ['extensions', agreed],
      ];
    }
    case 'ping':
      return [['ping', step.ok ? `answered after ${duration(ms)}` : 'no Pong came']];
    case 'hold':
      return [['watched', `${duration(ms)}: ${about}`]];
    case 'close':
      return [['close', step.ok ? `${about}${ms > 0 ? ` after ${duration(ms)}` : ''}` : 'no Close came back']];
  }
};

/** What can be told of a WebSocket that opened. */
export const factsOf = (report: DoctorReport): readonly Fact[] => report.steps.flatMap((step) => factsOfStep(step, report));

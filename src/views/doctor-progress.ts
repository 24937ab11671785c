import type { DoctorNews } from '../control/doctor.js';
import { fit, visible } from '../wire/visible.js';

const stages: Record<Extract<DoctorNews, { type: 'stage' }>['stage'], string> = {
  dns: 'looking up the name (DNS)',
  tcp: 'connecting (TCP)',
  proxy: 'asking the proxy for the way',
  tls: 'TLS handshake',
  upgrade: 'upgrade sent, waiting for the answer',
  hold: 'open, watching it',
};

/** Where doctor is, as its news tell it. */
export interface DoctorProgress {
  take(news: DoctorNews): void;
  /** `first attempt: TLS handshake, 1.2 s`; `withinMs`: since the start. */
  text(withinMs: number): string;
}

export const createDoctorProgress = (): DoctorProgress => {
  let experiments = 0;
  let what = 'starting';
  let stage = '';
  return {
    take: (news) => {
      if (news.type === 'stage') stage = stages[news.stage];
      if (news.type !== 'began') return;
      experiments += news.title === null ? 0 : 1;
      what = news.title === null ? 'first attempt' : `experiment ${experiments}, ${visible(news.title)}`;
      stage = '';
    },
    text: (withinMs) => `${what}${stage === '' ? '' : `: ${stage}`}, ${(withinMs / 1000).toFixed(1)} s`,
  };
};

/** The text with its seconds, cut to the width of a line. */
export const progressLine = (text: string, columns: number): string => fit(text, Math.max(10, columns - 1));

import type { DoctorNews } from '../control/doctor.js';
import { createDoctorProgress, progressLine } from '../views/doctor-progress.js';

/** Tells on stderr what doctor does. */
export interface DoctorWatch {
  news(news: DoctorNews): void;
  /** Takes the line away. */
  end(): void;
}

const everyMs = 100;
const silent: DoctorWatch = { news: () => {}, end: () => {} };

/**
 * A line that is rewritten where stderr is a terminal; lines one below the other where that terminal cannot rewrite (TERM=dumb), which is what
 * screen readers ask for; nothing where it is no terminal, or with `quiet`.
 */
export const watchDoctor = ({ quiet }: { readonly quiet: boolean }): DoctorWatch => {
  const { stderr } = process;
  if (quiet || !stderr.isTTY) return silent;
  const progress = createDoctorProgress();
  const beganMs = performance.now();
  const text = (): string => progress.text(performance.now() - beganMs);
  if (process.env.TERM === 'dumb')
    return {
      news: (news) => {
        progress.take(news);
        if (news.type !== 'ended') stderr.write(`${progressLine(text(), stderr.columns)}\n`);
      },
      end: () => {},
    };
  const draw = (): void => void stderr.write(`\r${progressLine(text(), stderr.columns)}\x1b[K`);
  const timer = setInterval(draw, everyMs).unref();
  const end = (): void => {
    clearInterval(timer);
    process.off('exit', end);
    stderr.write('\r\x1b[K');
  };
  process.once('exit', end);
  draw();
  return {
    news: (news) => {
      progress.take(news);
      draw();
    },
    end,
  };
};

import { Problem } from '../../model/problem.js';
import type { Control, ExchangeDetail } from '../control.js';

export interface WaitOptions {
  /** Milliseconds, 5000 when nothing is said. */
  readonly timeoutMs?: number;
  /** Wait for its end, too. */
  readonly ended?: boolean;
}

const shownExchanges = 5;

/** What came instead, for whoever waited in vain. */
const instead = async (control: Control): Promise<string> => {
  const { total, rows } = await control.rows({ from: 0, limit: shownExchanges });
  if (total === 0) return 'No exchange came at all: is the app told to use the proxy?';
  const list = rows.map(
    ({ id, url, status, outcome, finding }) => `${id} ${url} ${status || '-'} ${outcome}${finding ? ` ${finding.code}` : ''}`,
  );
  return `There ${total === 1 ? 'is' : 'are'} ${total}: ${list.join('; ')}${total > shownExchanges ? '; ...' : ''}.`;
};

/**
 * The first exchange that fits a filter, as soon as it does; what is there already counts. Rejects with a Problem: SHK_USAGE for a filter
 * that cannot be read, SHK_TIMEOUT when none came in time.
 */
export const waitFor = (control: Control, filter: string, { timeoutMs = 5000, ended = false }: WaitOptions = {}): Promise<ExchangeDetail> =>
  new Promise((resolve, reject) => {
    let looking = false;
    let again = false;
    let settled = false;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      stop();
      act();
    };
    const look = async (): Promise<void> => {
      const { rows } = await control.rows({ from: 0, limit: ended ? 1000 : 1, filter });
      for (const { id } of rows) {
        const detail = await control.detail(id);
        if (detail && (!ended || detail.exchange.endedAt !== null)) return settle(() => resolve(detail));
      }
    };
    const wake = async (): Promise<void> => {
      again = true;
      if (looking) return;
      looking = true;
      try {
        while (again && !settled) {
          again = false;
          await look();
        }
      } catch (error) {
        settle(() => reject(error));
      }
      looking = false;
    };
    const giveUp = async (): Promise<void> => {
      const text = await instead(control).catch(() => '');
      const advice = 'Wait longer with timeoutMs, or look at the exchanges that came.';
      settle(() =>
        reject(new Problem('SHK_TIMEOUT', `No exchange fitted ${JSON.stringify(filter)} within ${timeoutMs} ms. ${text}`, advice)),
      );
    };
    const timer = setTimeout(() => void giveUp(), timeoutMs);
    let version = -1;
    const poll = setInterval(
      () =>
        void control.version().then(
          (now) => {
            if (now !== version) void wake();
            version = now;
          },
          () => {},
        ),
      25,
    );
    const stop = (): void => clearInterval(poll);
    void wake();
  });

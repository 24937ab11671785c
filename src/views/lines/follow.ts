import type { Control } from '../../control/control.js';
import type { Event } from '../../model/event.js';
import { sentenceOf } from '../../model/problem.js';
import type { Target } from '../../model/target.js';
import { count } from '../wording.js';
import { humanLine, wantsDetail } from './human.js';

/** Events that may wait for their details at once; what comes over that is counted and left out, so that a slow engine costs lines and not memory. */
const mostWaiting = 1000;

export interface FollowOptions {
  /** Gets a line without its line break. */
  readonly write: (line: string) => void;
  readonly colour: boolean;
  readonly ca?: string | null;
  /** Exchanges with such a target get no lines: the browser's own. */
  readonly hides?: (target: Target) => boolean;
}

/** Writes one line an event, in order, until the returned function is called; that one waits for what is still to be written. */
export const followEvents = (
  control: Pick<Control, 'subscribe' | 'detail'>,
  { write, colour, ca = null, hides = () => false }: FollowOptions,
): (() => Promise<void>) => {
  const wanted = startSieve(hides);
  let last = Promise.resolve();
  let waiting = 0;
  let leftOut = 0;
  const notice = (at: string, level: 'warning' | 'error', text: string) => {
    const line = humanLine({ at, exchange: '', type: 'notice', level, text }, { colour });
    if (line !== undefined) write(line);
  };
  const tell = async (event: Event) => {
    if (leftOut > 0) {
      notice(event.at, 'warning', `${count(leftOut, 'event')} came too fast to be shown here; the recording has them`);
      leftOut = 0;
    }
    try {
      const detail = wantsDetail(event) ? await control.detail(event.exchange) : null;
      const line = humanLine(event, { colour, detail, ca });
      if (line !== undefined) write(line);
    } catch (thrown) {
      notice(event.at, 'error', `an event of type ${event.type} could not be shown: ${sentenceOf(thrown)}`);
    }
    waiting--;
  };
  const unsubscribe = control.subscribe((event) => {
    if (!wanted(event)) return;
    if (waiting >= mostWaiting) {
      leftOut++;
      return;
    }
    waiting++;
    last = last.then(() => tell(event));
  });
  return async () => {
    unsubscribe();
    await last;
  };
};

/** Tells whether an event's exchange is to be seen; remembers those that are not until they end. */
const startSieve = (hides: (target: Target) => boolean): ((event: Event) => boolean) => {
  const hidden = new Set<string>();
  return (event) => {
    if (event.type === 'target') {
      if (hides(event.target)) hidden.add(event.exchange);
      else hidden.delete(event.exchange);
    }
    const wanted = !hidden.has(event.exchange);
    if (event.type === 'closed') hidden.delete(event.exchange);
    return wanted;
  };
};

import { openMs } from '../../diagnosis/endings.js';
import { endedEarly } from '../../diagnosis/trials/again.js';
import type { Experiment } from './experiment.js';

/**
 * The same once more, with a Ping at half of the time: an idle timeout then cuts later by as much, a timer since the opening does not care, and
 * a server that has crashed is not there.
 */
export const again: Experiment = {
  id: 'again',
  variants: ({ ask, first, holdMs }) => {
    const lasted = openMs(first);
    if (lasted === undefined || !endedEarly(first, holdMs)) return [];
    return [
      { title: 'once more, with another Ping on the way', ask, hold: Math.round(lasted * 1.5 + 400), pingAtMs: Math.round(lasted / 2) },
    ];
  },
};

import type { Control, ExchangeDetail } from '../control/control.js';
import type { Bypass } from '../launch/run/bypass-watch.js';
import type { OwnAgent } from '../launch/run/notes.js';
import { agentLines, bypassLines, exchangeLines, isWorthALine, nothingCameLines, tallyLine } from '../views/lines/run-summary.js';

export interface RunFacts {
  /** Null where the system does not show them. */
  readonly bypasses: readonly Bypass[] | null;
  readonly agents: readonly OwnAgent[];
  readonly command: readonly string[];
  readonly colour: boolean;
}

/** What is said when the command has ended: what came through, what of it failed and why, what went past. */
export const closingSummary = async (
  control: Pick<Control, 'rows' | 'detail'>,
  { bypasses, agents, command, colour }: RunFacts,
): Promise<readonly string[]> => {
  const { rows } = await control.rows({ from: 0, limit: Number.MAX_SAFE_INTEGER });
  const worth = rows.filter(isWorthALine);
  const details = await Promise.all(worth.map(({ id }) => control.detail(id)));
  const known = details.filter((detail): detail is ExchangeDetail => detail !== null);
  const past = bypassLines(bypasses ?? [], agents, command);
  const through =
    rows.length > 0
      ? [tallyLine(rows, worth.length)]
      : past.length > 0
        ? ['nothing came through the proxy']
        : nothingCameLines(command, bypasses !== null);
  const alone = past.length > 0 ? [] : agentLines(agents).flatMap((line) => headed([line]));
  return [...headed(through), ...exchangeLines(known, { colour }), ...headed(past), ...alone];
};

/** The name of the program before the first line of a block: stderr is the command's, too. */
const headed = ([first, ...rest]: readonly string[]): readonly string[] => (first === undefined ? [] : [`shakedown: ${first}`, ...rest]);

import type { ArmedFault, EngineInfo } from '../../../control/control.js';
import type { LanInfo } from '../../../control/lan.js';
import { formatChoice } from '../../../faults/choice.js';
import { fill, inverse, type Line, lineWidth, span, spread, wrap } from '../../paint.js';
import { lanText } from '../../wording.js';
import { type State, screenOf } from '../state.js';

/** Where it listens, how to point an app here, where the recording goes; and always, while any is armed, the faults. */
export const header = (state: State): Line[] => {
  const { info, size } = state;
  const lines: Line[] = [inverse(title(info, size.columns))];
  if (info && wantsWhere(state)) lines.push(...where(info, size.columns));
  if (info?.lan) lines.push(open(info.lan, size.columns));
  if (state.armed.length > 0) lines.push(alarm(state.armed, size.columns));
  return lines;
};

/** Rows of exchanges are worth more than facts that have been read: on a small terminal the help has them from then on. */
const wantsWhere = (state: State): boolean => screenOf(state) === 'list' && (state.size.rows >= 30 || firstWords(state));
const firstWords = ({ list }: State): boolean => list.total === 0 && list.filter === '';

const title = (info: EngineInfo | null, width: number): Line => {
  if (!info) return fill([span(' shakedown', 'strong'), span('  is starting …')], width);
  const place = info.proxy === null ? `  recording ${info.recording ?? ''}` : `  listens on ${info.proxy}`;
  return spread([span(` shakedown ${info.version}`, 'strong'), span(place)], [span(' ? help ')], width);
};

/** What one has to know before the first exchange, as many facts a line as fit; a path is never cut. */
const where = ({ proxy, reverse, ca, recording }: EngineInfo, width: number): Line[] => {
  if (proxy === null) return [];
  const facts: Line[] = [
    [span('point an app here: '), span(`HTTPS_PROXY=${proxy}`, 'accent')],
    ...(ca === null ? [] : [[span('CA to trust: '), span(ca, 'accent')]]),
    ...reverse.map(({ prefix, url }) => [span(`reverse${prefix === '' ? '' : ` ${prefix}`} to: `), span(url, 'accent')]),
    recording === null ? [span('recording: in memory only')] : [span('recording: '), span(recording, 'accent')],
  ];
  const lines: Line[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const alone: Line = [span(' '), ...fact];
    const joined: Line = last ? [...last, span('   '), ...fact] : alone;
    if (last && lineWidth(joined) <= width) lines[lines.length - 1] = joined;
    else if (lineWidth(alone) <= width) lines.push(alone);
    else lines.push(...onSeveral(fact, width));
  }
  return lines;
};

const onSeveral = ([label, value]: Line, width: number): Line[] => [
  [span(' '), ...(label ? [label] : [])],
  ...wrap(value?.text ?? '', width - 4).map((part): Line => [span('   '), span(part, 'accent')]),
];

/** As long as other machines can come in, on every screen. */
const open = (lan: LanInfo, width: number): Line =>
  fill([span(` ! OPEN TO OTHER MACHINES on ${lan.at}: ${lanText(lan)}`, 'alarm')], width).map((piece) => ({ ...piece, tone: 'alarm' }));

/** An armed fault that nobody remembers costs an afternoon: this line is on every screen. */
const alarm = (armed: readonly ArmedFault[], width: number): Line => {
  const end = [span('  x disarms ', 'alarm')];
  const left: Line[number][] = [span(` ! ${armed.length === 1 ? 'FAULT' : 'FAULTS'} ARMED: `, 'alarm')];
  for (const [index, { choice, applied }] of armed.entries()) {
    const piece = span(`${index > 0 ? ', ' : ''}${formatChoice(choice)} (applied ${applied}×)`, 'alarm');
    const more = span(` and ${armed.length - index} more`, 'alarm');
    if (index > 0 && lineWidth([...left, piece, more, ...end]) > width) {
      left.push(more);
      break;
    }
    left.push(piece);
  }
  return spread(left, end, width).map((piece) => ({ ...piece, tone: 'alarm' }));
};

import type { ExchangeDetail } from '../../../control/control.js';
import type { AppliedFault } from '../../../model/fault-choice.js';
import { findingBlock } from '../../finding-block.js';
import { diffHeads } from '../../head-diff.js';
import { type Line, span, type Tone, wrap } from '../../paint.js';
import { appliedOf, confidenceOf } from '../../wording.js';

const none = ({ exchange }: ExchangeDetail): string => {
  if (exchange.outcome === 'pending') return 'No finding so far: the handshake is not over.';
  if (exchange.outcome === 'open' || exchange.outcome === 'closed') return 'No finding: this handshake is healthy.';
  if (exchange.kind === 'websocket') return 'No finding: no rule knows why this handshake ended so.';
  return 'No finding: this exchange is no WebSocket handshake.';
};

const marks: Record<'~' | '-' | '+', Tone> = { '~': 'warn', '-': 'bad', '+': 'good' };

/** Only what the fault changed: `- before`, `+ after`. */
const faultLines = (fault: AppliedFault, width: number): Line[] => {
  const changed = diffHeads({ raw: fault.before }, { raw: fault.after }).filter(({ mark }) => mark !== '=');
  const side = (text: string | null, mark: '-' | '+'): Line[] =>
    text === null
      ? []
      : wrap(text, width - 6, 4).map(
          (part, index): Line => [span(index === 0 ? `    ${mark} ` : '      ', marks[mark]), span(part, marks[mark])],
        );
  return [
    [span('  ! ', 'warn'), span(appliedOf(fault), 'strong'), span(`, stage ${fault.stage}`, 'dim')],
    ...changed.slice(0, 20).flatMap(({ left, right }) => [...side(left, '-'), ...side(right, '+')]),
  ];
};

/** With more than one, a line for each first: the blocks are longer than a screen. */
const contents = ({ findings }: ExchangeDetail): Line[] =>
  findings.length < 2
    ? []
    : [
        [span(`${findings.length} findings, the most likely first`, 'strong')],
        ...findings.map(
          ({ code, confidence, title }, index): Line => [
            span(`  ${index + 1}  `, 'dim'),
            span(code, 'strong'),
            span(`, ${confidenceOf(confidence)}: ${title}`),
          ],
        ),
        [],
      ];

/** The findings with proof and fix (the title of the first stands above the pane), then the faults that were applied and what they changed. */
export const findingsPane = (detail: ExchangeDetail, width: number): Line[] => {
  const { findings, exchange } = detail;
  const blocks = findings.flatMap((finding, index): Line[] => [
    ...(index > 0 ? [[]] : []),
    ...findingBlock(finding, width, { folded: true, titled: index > 0 }),
  ]);
  const failures = exchange.faultFailures.map(({ id, message }): Line => [span(`  ! ${id} failed and was left out: ${message}`, 'bad')]);
  const faults = exchange.applied.flatMap((fault) => faultLines(fault, width));
  return [
    ...contents(detail),
    ...(blocks.length > 0 ? blocks : [[span(none(detail))]]),
    ...(faults.length + failures.length > 0 ? [[], [span('faults that shakedown applied', 'strong')], ...faults, ...failures] : []),
  ];
};

import type { Finding } from '../../model/finding.js';
import { findingBlock } from '../finding-block.js';
import { ansi } from './ansi.js';

/** Findings as text, a blank line between two, no line break at the end; `width` in columns. */
export const findingsText = (
  findings: readonly Finding[],
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string =>
  findings
    .map((finding) =>
      findingBlock(finding, width)
        .map((line) => ansi(line, colour))
        .join('\n'),
    )
    .join('\n\n');

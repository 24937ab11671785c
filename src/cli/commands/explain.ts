import type { CommandModule } from 'yargs';
import type { Explanation } from '../../explain/explain.js';
import { safeJson } from '../../recording/codec.js';
import { exitCodes } from '../exit-code.js';
import { createOutput, wantsColour } from '../output.js';
import { readInput } from '../read-input.js';

interface ExplainFlags {
  readonly text?: string | readonly string[] | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const explainCommand: CommandModule<object, ExplainFlags> = {
  command: 'explain [text..]',
  describe: "what a client's error message means: which client says it, when, the likely causes, what to look at",
  builder: (args) =>
    args
      .positional('text', { type: 'string', array: true, describe: 'the message, or - (or nothing) for a text or a whole log on stdin' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .example(`$0 explain "Unexpected server response: 403"`, 'which client says it, and what it may be')
      .example('$0 explain < app.log', 'every message that is found in the last 1 MiB of a log'),
  handler: async ({ text, json = false, color }) => {
    const output = createOutput({ colour: !json && wantsColour(color) });
    const words = [text ?? []].flat().join(' ');
    const fromInput = words === '' || words === '-';
    if (fromInput && process.stdin.isTTY) output.note('shakedown: paste the message or the log, then Ctrl-D.');
    // The tables of messages and the catalogue of findings: only who asks for them waits for them.
    const [{ explain }, { mostText }, { tellExplanations }] = await Promise.all([
      import('../../explain/explain.js'),
      import('../../explain/plain-text.js'),
      import('../tell-explanations.js'),
    ]);
    const input = fromInput ? await readInput(mostText) : { text: words, cut: false };
    if (input.cut) output.note('shakedown: only the last 1 MiB was read.');
    const matches: readonly Explanation[] = explain(input.text);
    if (json) output.line(safeJson({ matches, cut: input.cut }));
    else tellExplanations(matches, output);
    process.exitCode = matches.length > 0 ? exitCodes.ok : exitCodes.failed;
  },
};

import type { Control } from '../../../src/control/control.js';
import { faults } from '../../../src/faults/catalogue.js';
import { lineText } from '../../../src/views/paint.js';
import { frame } from '../../../src/views/tui/frame.js';
import { type Leave, startProgram } from '../../../src/views/tui/program.js';

/** The UI without a terminal, over a control, after its first look; its clock stands still until `pass`. */
export const begin = async (
  control: Control,
  size = { columns: 120, rows: 24 },
  more: { readonly tail?: boolean; readonly filter?: string } = {},
) => {
  const left: Leave[] = [];
  const clipboard: string[] = [];
  let now = 0;
  const program = startProgram(control, {
    size,
    faults,
    leave: (leave) => left.push(leave),
    now: () => now,
    copy: (text) => clipboard.push(text) > 0,
    ...more,
  });
  const press = async (...names: string[]) => {
    for (const name of names) {
      program.press(name);
      await program.idle();
    }
    await program.tick();
  };
  await program.tick();
  const screen = () => frame(program.get()).map(lineText).join('\n');
  return { program, clipboard, press, left, screen, state: program.get, pass: (ms: number) => (now += ms) };
};

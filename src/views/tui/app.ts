import { Box, useInput } from 'ink';
import { createElement, type ReactElement, useSyncExternalStore } from 'react';
import { frame } from './frame.js';
import { keyNames } from './key-names.js';
import { Lines } from './parts/lines.js';
import type { Program } from './program.js';

/**
 * The screen of a program. The root stays one line under the terminal's height: Ink 6 clears the whole terminal otherwise, on every frame.
 * No JSX: it compiles to one of two runtimes, and run-tui.ts decides only at run time which build of React is loaded.
 */
export const App = ({ program, colour }: { readonly program: Program; readonly colour: boolean }): ReactElement => {
  const state = useSyncExternalStore(program.subscribe, program.get);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) program.press(name);
  });
  const { columns, rows } = state.size;
  const size = { width: columns, height: Math.max(1, rows - 1), overflow: 'hidden' } as const;
  return createElement(Box, size, createElement(Lines, { lines: frame(state), colour }));
};

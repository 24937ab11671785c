import { openRecordingInWorker } from '../control/open-recording.js';
import { compileFilter } from '../filter/filter.js';
import { exitCodes } from './exit-code.js';
import { keepHeapSmall } from './heap.js';

/** The terminal UI over a recording. Resolves with the exit code. */
export const inspectWithUi = async (
  file: string,
  { filter = '', follow, color }: { readonly filter?: string | undefined; readonly follow: boolean; readonly color?: boolean | undefined },
): Promise<number> => {
  if (filter !== '') compileFilter(filter);
  keepHeapSmall();
  const loading = import('../views/tui/run-tui.js');
  const { control } = await openRecordingInWorker(file);
  const { runTui } = await loading;
  let code: number = exitCodes.ok;
  try {
    await runTui(control, {
      ...{ stdin: process.stdin, stdout: process.stdout, tail: follow, filter },
      env: color === false ? { ...process.env, NO_COLOR: '1' } : process.env,
      onExit: ({ why }) => {
        if (why === 'interrupted' || why === 'SIGINT') code = exitCodes.interrupted;
        if (why === 'SIGTERM' || why === 'SIGHUP') code = exitCodes.terminated;
        if (why === 'engine-gone') code = exitCodes.failed;
      },
    });
  } finally {
    await control.stop().catch(() => {});
  }
  return code;
};

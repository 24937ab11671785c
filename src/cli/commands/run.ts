import type { CommandModule } from 'yargs';
import { engineFlags } from '../engine-flags.js';
import type { RunFlags } from '../run-around.js';

/** The command `run`; `command` is what stood behind `--`. */
export const runCommand = (command: readonly string[]): CommandModule<object, RunFlags> => ({
  command: 'run',
  describe: 'the proxy around one command: shakedown run [flags] -- CMD [ARG...]; ends with its exit code',
  builder: (args) =>
    engineFlags(args)
      .option('port', { type: 'string', requiresArg: true, default: '0', describe: 'port to listen on; 0 picks a free one' })
      .option('control', {
        type: 'string',
        requiresArg: true,
        default: '0',
        describe: 'port of the control API on 127.0.0.1; 0 picks a free one; --no-control: none',
      })
      .option('ready-file', {
        type: 'string',
        requiresArg: true,
        describe: 'file that is written before the command starts: JSON with proxy, control, token, ca, recording, pid',
      })
      .option('verbose', { type: 'boolean', default: false, describe: 'one line an event on stderr while the command runs' })
      .option('json', { type: 'boolean', hidden: true })
      .example('$0 run -- node app.js', "the app's WebSockets go through shakedown, wss trusted; what failed is told at the end, on stderr")
      .example('$0 run --fault bad-cert:kind=expired -- npm test', 'what the tests make of an expired certificate')
      .example('$0 run --port 8101 --reverse ws://127.0.0.1:3000 -- ./app', 'for an app that reads no proxy setting'),
  handler: async (flags) => {
    // The engine's options, the launcher and the summary: only who asks for them waits for them.
    const { runAround } = await import('../run-around.js');
    process.exitCode = await runAround(flags, command);
  },
});

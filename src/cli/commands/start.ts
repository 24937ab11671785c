import type { CommandModule } from 'yargs';
import { type CourseFlags, courseFlags, runCourse } from '../course.js';
import { type EngineFlags, engineFlags, engineOptions } from '../engine-flags.js';

export const start: CommandModule<object, EngineFlags & CourseFlags> = {
  command: ['start', '$0'],
  describe: 'the proxy, with the terminal UI when stdin and stdout are a terminal, else one line an event',
  builder: (args) =>
    courseFlags(engineFlags(args))
      .example('$0 start', 'listen on 127.0.0.1:8101; point an app at it as its HTTP or SOCKS proxy')
      .example('$0 start --fault bad-cert:kind=expired', 'every TLS client is shown an expired certificate')
      .example('$0 start --reverse ws://127.0.0.1:3000 --port 8080', 'for an app without a proxy setting')
      .example('$0 start --reverse /api=http://127.0.0.1:4000 --reverse ws://127.0.0.1:3000', 'the paths under /api go elsewhere')
      .example('$0 start --host 0.0.0.0 --allow-lan', 'for a phone in the same network; its password is told at the start'),
  handler: async (flags) => {
    process.exitCode = await runCourse(engineOptions(flags), flags);
  },
};

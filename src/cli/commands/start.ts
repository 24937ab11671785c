import type { CommandModule } from 'yargs';
import type { Engine } from '../../control/engine.js';
import type { EngineOptions } from '../../control/options.js';
import { systemClock } from '../../control/system-clock.js';
import { isoTime } from '../../model/clock.js';
import { Problem } from '../../model/problem.js';
import type { Sink } from '../../proxy/sink.js';
import { encodeEvent } from '../../recording/codec.js';
import { followEvents } from '../../views/lines/follow.js';
import { type EngineFlags, engineFlags, engineOptions } from '../engine-flags.js';
import { exitCodes } from '../exit-code.js';
import { letHeapGrow } from '../heap.js';
import { createOutput, liveLines, wantsColour } from '../output.js';
import { writeReadyFile } from '../ready-file.js';
import { untilSignal } from '../signals.js';
import { tellPassword } from '../tell-password.js';

type Started = Pick<Engine, 'control' | 'info'>;

interface Course {
  readonly options: EngineOptions;
  /** To be told when the engine listens. */
  readonly ready: (engine: Started) => Promise<void>;
  /** Resolves with the exit code when the process is to end. */
  readonly signal: Promise<number>;
}

interface StartFlags extends EngineFlags {
  readonly readyFile?: string | undefined;
  readonly ui?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly control?: string | false | undefined;
}

export const start: CommandModule<object, StartFlags> = {
  command: ['start', '$0'],
  describe: 'the proxy, with the terminal UI when stdin and stdout are a terminal, else one line an event',
  builder: (args) =>
    engineFlags(args)
      .option('ready-file', {
        type: 'string',
        requiresArg: true,
        describe: 'file that is written when shakedown listens: JSON with proxy, ca, recording, pid',
      })
      .option('ui', { type: 'boolean', default: true, describe: '--no-ui: lines instead of the terminal UI' })
      .option('control', { type: 'string', describe: 'port of the control API (not there yet; --no-control is taken)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON event a line, in the schema of the recording' })
      .example('$0 start', 'listen on 127.0.0.1:8101; point an app at it as its HTTP or SOCKS proxy')
      .example('$0 start --fault bad-cert:kind=expired', 'every TLS client is shown an expired certificate')
      .example('$0 start --reverse ws://127.0.0.1:3000 --port 8080', 'for an app without a proxy setting')
      .example('$0 start --reverse /api=http://127.0.0.1:4000 --reverse ws://127.0.0.1:3000', 'the paths under /api go elsewhere')
      .example('$0 start --host 0.0.0.0 --allow-lan', 'for a phone in the same network; its password is told at the start'),
  handler: async (flags) => {
    process.exitCode = await run(flags);
  },
};

const run = async (flags: StartFlags): Promise<number> => {
  if (typeof flags.control === 'string') throw new Problem('SHK_USAGE', 'There is no control API in this version.', 'Leave --control out.');
  const options = engineOptions(flags);
  letHeapGrow();
  const ready = async ({ control, info }: Started): Promise<void> => {
    tellPassword(info);
    if (flags.readyFile === undefined) return;
    try {
      writeReadyFile(flags.readyFile, info);
    } catch (error) {
      // Whoever waits for the file would wait for ever, beside an engine that listens.
      await control.stop().catch(() => {});
      throw error;
    }
  };
  if (flags.ui !== false && !flags.json && process.stdin.isTTY && process.stdout.isTTY) {
    const { startEngineInWorker } = await import('../../control/worker-control.js');
    const starting = startEngineInWorker(options);
    // Ink takes as long to load as the engine takes to start: at the same time, on two threads.
    const loading = import('../../views/tui/run-tui.js').then(({ loadTui }) => loadTui());
    const [engine] = await Promise.all([starting, loading]);
    await ready(engine);
    return runWithUi(engine, flags.color);
  }
  // Before the start: whoever sees the ready file may send a signal in the same moment.
  const course = { options, ready, signal: untilSignal() };
  return flags.json ? runWithJson(course) : runWithLines(course, flags.color);
};

const runWithUi = async ({ control, info }: Started, color: boolean | undefined): Promise<number> => {
  const { runTui } = await import('../../views/tui/run-tui.js');
  let code: number = exitCodes.ok;
  const env = color === false ? { ...process.env, NO_COLOR: '1' } : process.env;
  await runTui(control, {
    stdin: process.stdin,
    stdout: process.stdout,
    env,
    onExit: ({ why }) => {
      if (why === 'interrupted' || why === 'SIGINT') code = exitCodes.interrupted;
      if (why === 'SIGTERM' || why === 'SIGHUP') code = exitCodes.terminated;
      if (why === 'engine-gone') code = exitCodes.failed;
    },
  });
  await control.stop().catch(() => {});
  if (info.recording !== null && code !== exitCodes.failed) process.stdout.write(`The recording is ${info.recording}\n`);
  return code;
};

const runWithLines = async ({ options, ready, signal }: Course, color: boolean | undefined): Promise<number> => {
  const output = createOutput({ colour: wantsColour(color), goesOn: true });
  let follow: (() => Promise<void>) | null = null;
  // Lines are written over Control, which is there only when the engine has started: what came before is told first.
  const early: Parameters<Sink['event']>[0][] = [];
  const { startEngine } = await import('../../control/engine.js');
  const engine = await startEngine(options, {
    event: (event) => void (follow === null && early.push(event)),
    bytes: () => {},
  });
  const replayed = {
    ...engine.control,
    subscribe: (listener: Parameters<typeof engine.control.subscribe>[0]) => {
      for (const event of early) listener(event);
      return engine.control.subscribe(listener);
    },
  };
  const write = liveLines(output, (count) => `${count} lines were left out: nobody read them in time. The recording has it all.`);
  follow = followEvents(replayed, { write, colour: output.colour, ca: engine.info.ca });
  await ready(engine);
  const code = await signal;
  await engine.control.stop();
  await follow();
  return code;
};

const runWithJson = async ({ options, ready, signal }: Course): Promise<number> => {
  const output = createOutput({ colour: false, goesOn: true });
  const write = liveLines(output, (count) => {
    const text = `${count} events were left out here: nobody read them in time. The recording has them.`;
    return encodeEvent({ at: isoTime(systemClock.now()), exchange: '', type: 'notice', level: 'warning', text });
  });
  const { startEngine } = await import('../../control/engine.js');
  const engine = await startEngine(options, {
    event: (event) => write(encodeEvent(event)),
    bytes: (exchange, from, chunk, atMs) => {
      const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('base64');
      write(encodeEvent({ at: isoTime(atMs), exchange, type: 'bytes', from, data }));
    },
  });
  await ready(engine);
  const code = await signal;
  await engine.control.stop();
  return code;
};

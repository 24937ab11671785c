import type { Argv } from 'yargs';
import type { Engine } from '../control/engine.js';
import type { EngineOptions } from '../control/options.js';
import { systemClock } from '../control/system-clock.js';
import { isBrowserNoise } from '../launch/browser/noise.js';
import { isoTime } from '../model/clock.js';
import type { Sink } from '../proxy/sink.js';
import { encodeEvent } from '../recording/codec.js';
import { exitCodes } from './exit-code.js';
import { letHeapGrow } from './heap.js';
import { createOutput, liveLines, wantsColour } from './output.js';
import { writeReadyFile } from './ready-file.js';
import { untilSignal } from './signals.js';
import { tellPassword } from './tell-password.js';
import { tellToken } from './tell-token.js';

export type Started = Pick<Engine, 'control' | 'info'>;

/** How a command that runs an engine shows it, and tells that it is there. */
export interface CourseFlags {
  readonly readyFile?: string | undefined;
  readonly ui?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const courseFlags = <T>(args: Argv<T>) =>
  args
    .option('ready-file', {
      type: 'string',
      requiresArg: true,
      describe:
        'file that is written when shakedown listens: JSON with proxy, control, token, ca, recording, pid; it goes when shakedown ends',
    })
    .option('ui', { type: 'boolean', default: true, describe: '--no-ui: lines instead of the terminal UI' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON event a line, in the schema of the recording' });

/** What an engine is started for, when it is not for its own sake: a browser. */
export interface Guest {
  /** Sentences for the user. */
  readonly notices: readonly string[];
  /** Resolves when it has ended by itself; rejects with what went wrong with it. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Invites the guest once the engine listens. */
export type Invite = (engine: Started) => Promise<Guest>;

const nobody: Guest = { notices: [], ended: new Promise(() => {}), close: async () => {} };

interface Course {
  readonly options: EngineOptions;
  readonly flags: CourseFlags;
  /** To be told when the engine listens; ends the engine when it fails. */
  readonly begin: (engine: Started) => Promise<Guest>;
}

/** Runs an engine until a signal, the user or the guest ends it. Resolves with the exit code. */
export const runCourse = async (options: EngineOptions, flags: CourseFlags, invite?: Invite): Promise<number> => {
  letHeapGrow();
  const begin = async (engine: Started): Promise<Guest> => {
    let guest = nobody;
    tellPassword(engine.info);
    if (flags.readyFile === undefined) tellToken(engine.info);
    try {
      if (invite) guest = await invite(engine);
      if (flags.readyFile !== undefined) writeReadyFile(flags.readyFile, engine.info);
      return guest;
    } catch (error) {
      // Whoever waits for the file would wait for ever, beside an engine that listens.
      await guest.close();
      await engine.control.stop().catch(() => {});
      throw error;
    }
  };
  const course: Course = { options, flags, begin };
  if (flags.ui !== false && !flags.json && process.stdin.isTTY && process.stdout.isTTY) return runWithUi(course);
  return flags.json ? runWithJson(course) : runWithLines(course);
};

const runWithUi = async ({ options, flags, begin }: Course): Promise<number> => {
  // The screen takes signals for itself; until it is there, and while the guest is sent away, they count here.
  const signal = untilSignal();
  const { startEngineInWorker } = await import('../control/worker-control.js');
  const starting = startEngineInWorker(options);
  // Ink takes as long to load as the engine takes to start: at the same time, on two threads.
  const loading = import('../views/tui/run-tui.js').then(({ loadTui }) => loadTui());
  const [{ control, info }] = await Promise.all([starting, loading]);
  const guest = await begin({ control, info });
  const { runTui } = await import('../views/tui/run-tui.js');
  const end = Promise.race([signal, guest.ended.then(() => exitCodes.ok)]);
  let code: number | null = exitCodes.ok;
  const env = flags.color === false ? { ...process.env, NO_COLOR: '1' } : process.env;
  try {
    await runTui(control, {
      stdin: process.stdin,
      stdout: process.stdout,
      env,
      until: end,
      notice: guest.notices.join(' '),
      onExit: ({ why }) => {
        if (why === 'over') code = null;
        if (why === 'interrupted' || why === 'SIGINT') code = exitCodes.interrupted;
        if (why === 'SIGTERM' || why === 'SIGHUP') code = exitCodes.terminated;
        if (why === 'engine-gone') code = exitCodes.failed;
      },
    });
  } finally {
    await guest.close();
    await control.stop().catch(() => {});
  }
  if (info.recording !== null && code !== exitCodes.failed) process.stdout.write(`The recording is ${info.recording}\n`);
  return code ?? end;
};

/** Until a signal comes, or the guest goes; then both are over. */
const attend = async ({ control }: Started, guest: Guest, signal: Promise<number>): Promise<number> => {
  try {
    return await Promise.race([signal, guest.ended.then(() => exitCodes.ok)]);
  } finally {
    await guest.close();
    await control.stop();
  }
};

const runWithLines = async ({ options, flags, begin }: Course): Promise<number> => {
  // Before the start: whoever sees the ready file may send a signal in the same moment.
  const signal = untilSignal();
  const output = createOutput({ colour: wantsColour(flags.color), goesOn: true });
  let follow: (() => Promise<void>) | null = null;
  // Lines are written over Control, which is there only when the engine has started: what came before is told first.
  const early: Parameters<Sink['event']>[0][] = [];
  const [{ startEngine }, { followEvents }, { count }] = await Promise.all([
    import('../control/engine.js'),
    import('../views/lines/follow.js'),
    import('../views/wording.js'),
  ]);
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
  const hides = (target: { readonly host: string }) => isBrowserNoise(target, options.hiding.hosts);
  follow = followEvents(replayed, { write, colour: output.colour, ca: engine.info.ca, hides });
  const guest = await begin(engine);
  for (const text of guest.notices) output.note(`shakedown: ${text}`);
  try {
    return await attend(engine, guest, signal);
  } finally {
    await follow();
    const { hidden = 0 } = await engine.control.rows({ from: 0, limit: 0 });
    if (hidden > 0)
      output.note(
        `shakedown: ${count(hidden, "request of the browser's own was", "requests of the browser's own were")} not shown; --show-noise shows them.`,
      );
  }
};

const runWithJson = async ({ options, begin }: Course): Promise<number> => {
  const signal = untilSignal();
  const output = createOutput({ colour: false, goesOn: true });
  const write = liveLines(output, (count) => {
    const text = `${count} events were left out here: nobody read them in time. The recording has them.`;
    return encodeEvent({ at: isoTime(systemClock.now()), exchange: '', type: 'notice', level: 'warning', text });
  });
  const { startEngine } = await import('../control/engine.js');
  const engine = await startEngine(options, {
    event: (event) => write(encodeEvent(event)),
    bytes: (exchange, from, chunk, atMs) => {
      const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('base64');
      write(encodeEvent({ at: isoTime(atMs), exchange, type: 'bytes', from, data }));
    },
  });
  const guest = await begin(engine);
  for (const text of guest.notices) output.note(`shakedown: ${text}`);
  return attend(engine, guest, signal);
};

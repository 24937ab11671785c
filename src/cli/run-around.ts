import { readFileSync, rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { Control } from '../control/control.js';
import type { Engine } from '../control/engine.js';
import type { EngineOptions } from '../control/options.js';
import { systemClock } from '../control/system-clock.js';
import { type Bypass, watchBypasses } from '../launch/run/bypass-watch.js';
import { type CommandEnd, launch } from '../launch/run/launch.js';
import { readNotes } from '../launch/run/notes.js';
import { prepare } from '../launch/run/prepare.js';
import { guardSignals } from '../launch/run/signals.js';
import type { Event } from '../model/event.js';
import { Problem } from '../model/problem.js';
import { followEvents } from '../views/lines/follow.js';
import { humanLine } from '../views/lines/human.js';
import { bypassPlace } from '../views/lines/run-summary.js';
import { type EngineFlags, engineOptions, withoutPassword } from './engine-flags.js';
import { exitCodes } from './exit-code.js';
import { letHeapGrow } from './heap.js';
import { createOutput, liveLines } from './output.js';
import { writeReadyFile } from './ready-file.js';
import { closingSummary } from './run-summary.js';

export interface RunFlags extends EngineFlags {
  readonly readyFile?: string | undefined;
  readonly verbose?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** How long the last bytes of a command that has ended may take to go through: what it left running may hold its connections for ever. */
const lastBytesMs = 1000;

/** What `run` does; resolves with its exit code. */
export const runAround = async (flags: RunFlags, [program, ...args]: readonly string[]): Promise<number> => {
  if (flags.json)
    throw new Problem(
      'SHK_USAGE',
      'run has no --json: stdout belongs to the command.',
      'The recording is one JSON event a line, also while it is written: give --record FILE, and read that.',
    );
  if (program === undefined) throw new Problem('SHK_USAGE', 'run needs a command.', 'Example: shakedown run -- node app.js');
  // The command is on this machine, and its clients know of no password.
  const options = withoutPassword(engineOptions(flags));
  letHeapGrow();
  const early: NodeJS.Signals[] = [];
  const signals = guardSignals((name) => early.push(name));
  try {
    const open = createOpenCount();
    const engine = await startWatched(options, open.note);
    return await around([program, ...args], { flags, options, engine, open, early, signals }).finally(() => engine.control.stop());
  } finally {
    signals.release();
  }
};

interface Course {
  readonly flags: RunFlags;
  readonly options: EngineOptions;
  readonly engine: Engine;
  readonly open: ReturnType<typeof createOpenCount>;
  /** Signals that came before there was a command. */
  readonly early: readonly NodeJS.Signals[];
  readonly signals: ReturnType<typeof guardSignals>;
}

/** The command's whole life inside an engine that listens; its exit code. */
const around = async (
  command: readonly [string, ...string[]],
  { flags, options, engine, open, early, signals }: Course,
): Promise<number> => {
  const { proxy, ca, recording } = engine.info;
  if (proxy === null || ca === null) throw new Problem('SHK_BUG', 'The engine says no address.', 'Please report this.');
  const colour = flags.color !== false && !process.env.NO_COLOR && process.stderr.isTTY === true;
  const { note } = createOutput({ colour, goesOn: true });
  const stopTelling = tell(engine, { note, colour, verbose: flags.verbose ?? false });
  if (flags.readyFile !== undefined) writeReadyFile(flags.readyFile, engine.info);
  const prepared = prepare(process.env, { proxy, ca, caPem: readFileSync(ca, 'utf8'), nowMs: systemClock.now() });
  const [signal] = early;
  if (signal !== undefined) return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  const launched = launch(command, prepared.env);
  signals.handOver(launched);
  const onFirst = (bypass: Bypass): void => void (flags.verbose && note(`shakedown: went past: ${bypassPlace(bypass)}`));
  const watch = launched.pid === undefined ? null : watchBypasses(launched.pid, { proxyPort: Number(new URL(proxy).port), onFirst });
  const end = await launched.ended;
  const bypasses = watch?.stop() ?? null;
  await open.none(lastBytesMs);
  await engine.control.stop();
  await stopTelling();
  if (end.type === 'not-started') return neverStarted(end, engine, options);
  const agents = readNotes(prepared.notes);
  prepared.remove();
  for (const line of await closingSummary(engine.control, { bypasses, agents, command, colour })) note(line);
  if (recording !== null) note(`shakedown: the recording is ${recording}`);
  return end.code;
};

/** Nothing can have been recorded: a file that nobody asked for by name goes again. */
const neverStarted = (end: CommandEnd & { readonly type: 'not-started' }, engine: Engine, options: EngineOptions): number => {
  if (options.record.type === 'default' && engine.info.recording !== null) rmSync(engine.info.recording, { force: true });
  process.stderr.write(`shakedown: ${end.sentence}\n`);
  return end.code;
};

/** An engine whose events reach `note` from the first one on, and every subscriber of its control too. */
const startWatched = async (options: EngineOptions, note: (event: Event) => void): Promise<Engine> => {
  let before: Event[] | null = [];
  const { startEngine } = await import('../control/engine.js');
  const engine = await startEngine(options, {
    event: (event) => {
      before?.push(event);
      note(event);
    },
    bytes: () => {},
  });
  const first = before;
  before = null;
  const subscribe: Control['subscribe'] = (listener) => {
    for (const event of first) listener(event);
    return engine.control.subscribe(listener);
  };
  return { ...engine, control: { ...engine.control, subscribe } };
};

interface Telling {
  readonly note: (text: string) => void;
  readonly colour: boolean;
  readonly verbose: boolean;
}

/** Live lines, all of them or only what shakedown itself could not do. Returns the function that ends it. */
const tell = ({ control, info }: Engine, { note, colour, verbose }: Telling): (() => Promise<void>) => {
  const write = liveLines(
    { line: note, unread: () => process.stderr.writableLength },
    (count) => `${count} lines were left out: nobody read them in time. The recording has it all.`,
  );
  if (verbose) return followEvents(control, { write, colour, ca: info.ca });
  const unsubscribe = control.subscribe((event) => {
    if (event.type !== 'notice' || event.level === 'info') return;
    const line = humanLine(event, { colour });
    if (line !== undefined) write(`shakedown: ${line}`);
  });
  return async () => unsubscribe();
};

/** How many exchanges are under way. */
const createOpenCount = () => {
  let open = 0;
  let onNone = (): void => {};
  return {
    note: ({ type }: Event): void => {
      if (type === 'opened') open++;
      if (type !== 'closed') return;
      open--;
      if (open === 0) onNone();
    },
    /** Resolves when there is none, or after `mostMs`. */
    none: async (mostMs: number): Promise<void> => {
      // What the command did last may still wait in the queue of the listening socket.
      for (let turns = 0; turns < 3; turns++) await turn();
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMs);
        onNone = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
};

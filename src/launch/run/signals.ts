import type { Launched } from './launch.js';

/** What a terminal sends to its whole foreground group, the command included. */
const fromTerminal = ['SIGINT', 'SIGQUIT'] as const;
const passedOn = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Leaves the end to the command: it gets Ctrl-C from the terminal itself, and SIGTERM and SIGHUP from us. Without a terminal nobody else would
 * give it SIGINT. Until the command is there, `early` is called instead. Returns the function that ends it.
 */
export const guardSignals = (early: (signal: NodeJS.Signals) => void) => {
  let launched: Launched | null = null;
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const pass = (signal: NodeJS.Signals): void => {
    if (launched === null) early(signal);
    else if (!(onTerminal && fromTerminal.some((name) => name === signal))) launched.signal(signal);
  };
  for (const signal of [...fromTerminal, ...passedOn]) process.on(signal, pass);
  return {
    handOver: (command: Launched): void => {
      launched = command;
    },
    release: (): void => {
      for (const signal of [...fromTerminal, ...passedOn]) process.off(signal, pass);
    },
  };
};

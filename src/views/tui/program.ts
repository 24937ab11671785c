import type { Control } from '../../control/control.js';
import { sentenceOf } from '../../model/problem.js';
import { carryOut, type Effect, effectOf, promptEffect } from './effects.js';
import { bindingFor, disabledBecause } from './keys.js';
import { startPoll } from './poll.js';
import { type Action, reduce } from './reduce.js';
import { type FaultEntry, initialState, type Size, type State, screenOf, tooSmall } from './state.js';

/** So many looks at the engine in a row must fail until it counts as dead: over HTTP one may be lost. */
const mostFailures = 3;

/** Why the screen is left: the user asked, Ctrl-C, or the engine is gone (with a sentence). */
export type Leave = { readonly why: 'quit' | 'interrupted' } | { readonly why: 'engine-gone'; readonly text: string };

export interface Program {
  readonly get: () => State;
  /** Called after every change; returns the unsubscribing function. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly press: (name: string) => void;
  readonly resize: (size: Size) => void;
  /** The engine has something to say: it stands on the screen until the next key. */
  readonly notice: (level: 'info' | 'warning' | 'error', text: string) => void;
  /** Looks at the engine once; resolves when the answers are on the screen. Called every 100 ms. */
  readonly tick: () => Promise<void>;
  /** Resolves when nothing asked of the engine by a key is under way any more. */
  readonly idle: () => Promise<void>;
}

/** The terminal UI without a terminal: state, keys in, questions to the engine out. */
export const startProgram = (
  control: Control,
  options: {
    readonly size: Size;
    readonly faults: readonly FaultEntry[];
    readonly leave: (leave: Leave) => void;
    readonly now: () => number;
    /** Puts a text on the clipboard; false when it is too long for that. */
    readonly copy: (text: string) => boolean;
    /** Said on the screen until the first key. */
    readonly notice?: string;
    /** A recording begins at its first exchange, unless it is followed. */
    readonly tail?: boolean;
    readonly filter?: string;
  },
): Program => {
  const { notice } = options;
  let state: State = {
    ...initialState(options.size, options.faults, options),
    status: notice === undefined ? null : { level: 'info', text: notice },
  };
  let failures = 0;
  let working: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();
  const get = () => state;
  let untold = false;
  const apply = (action: Action) => {
    const next = reduce(state, action);
    if (next !== state) untold = true;
    state = next;
  };
  const tell = () => {
    if (!untold) return;
    untold = false;
    for (const listener of listeners) listener();
  };
  const dispatch = (action: Action) => {
    apply(action);
    tell();
  };
  // What one look finds is one frame.
  const look = startPoll(control, { get, dispatch: apply, now: options.now });

  const perform = (effect: Effect | undefined, name: string) => {
    if (!effect) return;
    if (effect.type === 'quit') return options.leave({ why: name === 'ctrl-c' ? 'interrupted' : 'quit' });
    if (effect.type === 'ask-choice') return dispatch({ type: 'prompt', purpose: 'choice', text: effect.text });
    if (state.busy) return dispatch({ type: 'status', status: { level: 'error', text: `Not now: still ${state.busy}.` } });
    working = carryOut(effect, control, { dispatch, copy: options.copy });
  };

  const press = (name: string) => {
    if (name === 'ctrl-c' || (name === 'q' && tooSmall(state.size))) return perform({ type: 'quit' }, name);
    if (state.prompt) {
      const effect = name === 'enter' ? promptEffect(state) : undefined;
      dispatch({ type: 'typed', name });
      return perform(effect, name);
    }
    const binding = bindingFor(screenOf(state), name);
    if (!binding) return;
    const because = disabledBecause(binding, state);
    if (because !== undefined) return dispatch({ type: 'status', status: { level: 'error', text: because } });
    if (binding.action === 'toggle-numbered') dispatch({ type: 'fault-cursor', index: Number(name) - 1 });
    dispatch({ type: 'command', command: binding.action });
    perform(effectOf(state, binding.action, name), name);
  };

  const tick = async () => {
    try {
      await look();
      failures = 0;
    } catch (thrown) {
      failures++;
      if (failures === mostFailures) options.leave({ why: 'engine-gone', text: `The engine no longer answers: ${sentenceOf(thrown)}` });
    }
    tell();
  };

  return {
    get,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press,
    resize: (size) => dispatch({ type: 'resized', size }),
    notice: (level, text) => dispatch({ type: 'status', status: { level: level === 'info' ? 'info' : 'error', text } }),
    tick,
    idle: () => working,
  };
};

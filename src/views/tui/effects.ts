import type { Control } from '../../control/control.js';
import { formatChoice } from '../../faults/choice.js';
import { Problem, sentenceOf } from '../../model/problem.js';
import { count } from '../wording.js';
import type { Command } from './keys.js';
import type { Action } from './reduce.js';
import { armedKeys, type FaultEntry, type State, type Status, selectedFault, shownFaults, subjectOf } from './state.js';

/** What the engine is asked to do; `disarm` happens after `arm`, so that a choice that does not parse leaves the old one armed. */
export type Effect =
  | { readonly type: 'faults'; readonly what: string; readonly arm?: string; readonly disarm: readonly string[]; readonly done: string }
  | { readonly type: 'replay'; readonly id: string }
  | { readonly type: 'search'; readonly id: string; readonly text: string }
  | { readonly type: 'copy'; readonly id: string }
  | { readonly type: 'ask-choice'; readonly text: string }
  | { readonly type: 'quit' };

/** What the engine is asked, and answers. */
export type Asked = Effect & { type: 'faults' | 'replay' | 'search' | 'copy' };

const toggle = (state: State, fault: FaultEntry | undefined): Effect | undefined => {
  if (!fault) return undefined;
  const keys = armedKeys(state, fault.id);
  if (keys.length > 0) return { type: 'faults', what: `disarming ${fault.id}`, disarm: keys, done: `${fault.id} is disarmed.` };
  return {
    type: 'faults',
    what: `arming ${fault.id}`,
    arm: fault.id,
    disarm: [],
    done: `${fault.id} is armed: every exchange meets it from now on.`,
  };
};

/** What a command asks of the engine or the program; pure. `name` is the key that was pressed. */
export const effectOf = (state: State, command: Command, name: string): Effect | undefined => {
  if (command === 'quit' || command === 'leave') return { type: 'quit' };
  if (command === 'toggle-fault') return toggle(state, selectedFault(state));
  if (command === 'toggle-numbered') return toggle(state, shownFaults(state)[Number(name) - 1]);
  if (command === 'disarm-all') {
    const keys = state.armed.map(({ choice }) => choice.key);
    return { type: 'faults', what: 'disarming', disarm: keys, done: `${count(keys.length, 'fault is', 'faults are')} disarmed.` };
  }
  if (command === 'edit-fault') {
    const fault = selectedFault(state);
    const armed = state.armed.find(({ choice }) => choice.fault === fault?.id);
    return fault ? { type: 'ask-choice', text: armed ? formatChoice(armed.choice) : fault.example } : undefined;
  }
  const id = command === 'replay' || command === 'copy' ? subjectOf(state) : undefined;
  return id === undefined ? undefined : { type: command === 'copy' ? 'copy' : 'replay', id };
};

/** What Enter does with a line that was typed. */
export const promptEffect = (state: State): Effect | undefined => {
  const { prompt, detail } = state;
  if (prompt?.purpose !== 'search') return choiceEffect(state);
  return detail && prompt.text !== '' ? { type: 'search', id: detail.id, text: prompt.text } : undefined;
};

/** A typed choice is armed, in place of the choices of the same fault that were armed before. */
const choiceEffect = (state: State): Effect | undefined => {
  const text = state.prompt?.purpose === 'choice' ? state.prompt.text.trim() : '';
  if (text === '') return undefined;
  const fault = /^[^:]*/.exec(text)?.[0] ?? '';
  return { type: 'faults', what: `arming ${text}`, arm: text, disarm: armedKeys(state, fault), done: `${text} is armed.` };
};

const explained = (thrown: unknown): string => (thrown instanceof Problem ? `${thrown.message} ${thrown.advice}` : sentenceOf(thrown));

const copied: Status = {
  level: 'info',
  text: 'Copied as a curl command, without its secrets (by OSC 52: the terminal must allow it; in tmux `set -g set-clipboard on`).',
};
const tooLong: Status = {
  level: 'error',
  text: 'It is too long for the clipboard of a terminal: use `shakedown export FILE ID --format curl`.',
};

const busyWith = (effect: Asked): string => {
  if (effect.type === 'faults') return effect.what;
  if (effect.type === 'copy') return `copying ${effect.id}`;
  return effect.type === 'search' ? `looking for "${effect.text}"` : `replaying ${effect.id}`;
};

/** Asks the engine, and tells the screen what became of it; never rejects. One at a time. */
export const carryOut = async (
  effect: Asked,
  control: Control,
  { dispatch, copy }: { readonly dispatch: (action: Action) => void; readonly copy: (text: string) => boolean },
): Promise<void> => {
  dispatch({ type: 'busy', what: busyWith(effect) });
  try {
    if (effect.type === 'copy') {
      const done = copy(await control.curl(effect.id));
      dispatch({ type: 'status', status: done ? copied : tooLong });
    } else if (effect.type === 'search') {
      const { id, text } = effect;
      dispatch({ type: 'found', id, search: { text, ...(await control.searchMessages(id, text)) } });
    } else if (effect.type === 'replay') dispatch({ type: 'replayed', id: effect.id, result: await control.replay(effect.id, []) });
    else {
      if (effect.arm !== undefined) await control.arm(effect.arm);
      for (const key of effect.disarm) await control.disarm(key);
      dispatch({ type: 'armed', armed: await control.armed() });
      dispatch({ type: 'status', status: { level: 'info', text: effect.done } });
    }
  } catch (thrown) {
    dispatch({ type: 'status', status: { level: 'error', text: explained(thrown) } });
  }
  dispatch({ type: 'busy', what: null });
};

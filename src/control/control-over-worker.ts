import type { Worker } from 'node:worker_threads';
import type { Event } from '../model/event.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { uncarry } from './carried-problem.js';
import type { Control, EngineInfo } from './control.js';
import type { FromEngine, Method, ToEngine } from './worker-messages.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(problem: Problem): void;
}

/** Run from source (tests), a worker is in dist, since Node 20 reads no TypeScript. */
export const workerUrl = (name: string, here: string = import.meta.url): URL =>
  new URL(here.endsWith('.ts') ? `../../dist/control/${name}` : `./${name}`, here);

export interface Carried {
  readonly control: Control;
  readonly info: EngineInfo;
}

/** Control over the port of a worker that serves it (serve-control.ts). Rejects with the worker's own Problem when it cannot start. */
export const controlOver = (worker: Worker): Promise<Carried> =>
  new Promise((started, failed) => {
    const waiting = new Map<number, Waiting>();
    const listeners = new Set<(event: Event) => void>();
    let lastId = 0;
    let dead: Problem | null = null;

    const die = (problem: Problem): void => {
      dead ??= problem;
      for (const { reject } of waiting.values()) reject(dead);
      waiting.clear();
      failed(dead);
    };
    const call = <T>(method: Method, ...args: readonly unknown[]): Promise<T> =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        const id = ++lastId;
        waiting.set(id, { resolve: (value) => resolve(value as T), reject });
        worker.postMessage({ type: 'call', id, method, args } satisfies ToEngine);
      });
    const control: Control = {
      info: () => call('info'),
      version: () => call('version'),
      rows: (window) => call('rows', window),
      detail: (id) => call('detail', id),
      messages: (id, window) => call('messages', id, window),
      message: (id, number) => call('message', id, number),
      searchMessages: (id, text) => call('searchMessages', id, text),
      curl: (id) => call('curl', id),
      armed: () => call('armed'),
      arm: (choice) => call('arm', choice),
      disarm: (key) => call('disarm', key),
      disarmAll: () => call('disarmAll'),
      rules: () => call('rules'),
      replaceRules: (text) => call('replaceRules', text),
      inject: (id, frame) => call('inject', id, frame),
      close: (id, words) => call('close', id, words),
      kill: (id) => call('kill', id),
      holds: () => call('holds'),
      hold: (spec) => call('hold', spec),
      unhold: (id) => call('unhold', id),
      release: (held, verdict) => call('release', held, verdict),
      replay: (id, faults) => call('replay', id, faults),
      stop: () => call('stop'),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    worker.on('message', (message: FromEngine) => {
      if (message.type === 'started') return started({ control, info: message.info });
      if (message.type === 'failed') return die(uncarry(message.problem));
      if (message.type === 'event') {
        for (const listener of listeners) listener(message.event);
        return;
      }
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'answer') asked?.resolve(message.value);
      else asked?.reject(uncarry(message.problem));
    });
    worker.on('error', (error) =>
      die(new Problem('SHK_BUG', `The engine has died: ${sentenceOf(error)}.`, 'Please report it with the recording.', { cause: error })),
    );
    worker.on('exit', () => die(new Problem('SHK_BUG', 'The engine has ended.', 'Start shakedown again.')));
  });

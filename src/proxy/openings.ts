import type { WireFrame } from '../faults/flow.js';
import type { Sender } from '../model/frame.js';

/** A WebSocket into which something can be put: by whose bytes it stands among. */
export type Opening = Readonly<Record<Sender, { inject(frame: WireFrame): boolean }>>;

/** The WebSockets that are open. */
export interface Openings {
  add(id: string, opening: Opening): void;
  /** Undefined: there is none, or it is over. */
  get(id: string): Opening | undefined;
  remove(id: string): void;
}

export const createOpenings = (): Openings => {
  const open = new Map<string, Opening>();
  return {
    add: (id, opening) => void open.set(id, opening),
    get: (id) => open.get(id),
    remove: (id) => void open.delete(id),
  };
};

/** How somebody can end an exchange that is under way: both legs reset, or both told FIN. */
export interface Ending {
  reset(): void;
  finish(): void;
}

/** The exchanges that somebody can end. */
export interface Ends {
  add(id: string, ending: Ending): void;
  /** Undefined: there is none, or it is over. */
  get(id: string): Ending | undefined;
  remove(id: string): void;
}

export const createEnds = (): Ends => {
  const living = new Map<string, Ending>();
  return {
    add: (id, ending) => void living.set(id, ending),
    get: (id) => living.get(id),
    remove: (id) => void living.delete(id),
  };
};

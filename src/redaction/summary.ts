/** What was taken out of a recording before it left; every export says so. */
export interface RedactionSummary {
  /** One entry a kind of secret: `authorization`, `cookie`, `query token`, `json web token`, ... */
  readonly kinds: readonly { readonly kind: string; readonly places: number }[];
  /** Payloads that could not be searched (encrypted, too big, an unknown encoding) and were blanked whole. */
  readonly blanked: number;
  /** Compressed messages that were compressed anew: their length on the wire may have changed, that of their text has not. */
  readonly recompressed?: number;
  /** Secrets that were replaced only where their own place shows them, because too many others had been learned before. */
  readonly notFollowed?: number;
}

/** Counts what is taken out. */
export interface RedactionTally {
  place(kind: string): void;
  blanked(): void;
  recompressed(): void;
  summary(notFollowed: number): RedactionSummary;
}

export const createTally = (): RedactionTally => {
  const kinds = new Map<string, number>();
  let blanked = 0;
  let recompressed = 0;
  return {
    place: (kind) => {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    blanked: () => {
      blanked++;
    },
    recompressed: () => {
      recompressed++;
    },
    summary: (notFollowed) => ({
      kinds: [...kinds]
        .map(([kind, places]) => ({ kind, places }))
        .sort((one, other) => other.places - one.places || (one.kind < other.kind ? -1 : 1)),
      blanked,
      ...(recompressed > 0 && { recompressed }),
      ...(notFollowed > 0 && { notFollowed }),
    }),
  };
};

/** What was taken out of a recording before it left; every export says so. */
export interface RedactionSummary {
  /** One entry a kind of secret: `authorization`, `cookie`, `query token`, `json web token`, ... */
  readonly kinds: readonly { readonly kind: string; readonly places: number }[];
  /** Payloads that could not be searched (encrypted, too big, an unknown encoding) and were blanked whole. */
  readonly blanked: number;
}

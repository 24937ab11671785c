/** What to put on a socket, in order: bytes, waits and ways to end. A fault can also say how a socket ends. */
export type WriteStep = { readonly bytes: Uint8Array } | { readonly pauseMs: number } | { readonly end: true } | { readonly reset: true };

export type WritePlan = readonly WriteStep[];

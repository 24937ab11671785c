/** One thing that differs between two exchanges. */
export interface Contrast {
  /** `request.origin`, `response.status`, `server.tls.version`, `message 12`, ... */
  readonly where: string;
  /** As text that is safe to show; '' where there is nothing on that side. */
  readonly a: string;
  readonly b: string;
  /** How likely this is why one works and the other does not: 0 (noise, as a nonce or a date) to 1. */
  readonly weight: number;
  /** A sentence where the difference needs one. */
  readonly note: string;
}

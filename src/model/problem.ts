/** Codes of our own failures: configuration, the operating system, a bug. What the wire does wrong is a Defect or a Finding. */
export type ProblemCode =
  | 'SHK_USAGE'
  | 'SHK_LISTEN'
  | 'SHK_CA'
  | 'SHK_FAULT'
  | 'SHK_RECORDING'
  | 'SHK_RECIPE'
  | 'SHK_REPLAY'
  | 'SHK_STORE'
  | 'SHK_NOT_FOUND'
  | 'SHK_STATE'
  | 'SHK_TIMEOUT'
  | 'SHK_BROWSER'
  | 'SHK_BUG';

/** An error of ours, with a sentence that says what happened (`message`) and one that says what to do (`advice`). */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The sentence of any thrown value, for logs and records. */
export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The `code` of a system or OpenSSL error (`ECONNREFUSED`, `CERT_HAS_EXPIRED`), or `''`. */
export const codeOf = (thrown: unknown): string => {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
};

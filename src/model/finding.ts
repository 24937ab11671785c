/** The five causes of a failed handshake, and the two side families that are no network fault. */
export type Cause = 'url' | 'origin' | 'intermediary' | 'certificate' | 'server' | 'client' | 'frame';
export type Severity = 'error' | 'warning' | 'info';

/** A pointer at proof on a named leg: bytes of a head, a certificate's field, a time. */
export interface Evidence {
  readonly leg: 'client' | 'server';
  readonly what: /** What a client was told to open. */
    | 'url'
    | 'request-head'
    | 'response-head'
    | 'body'
    | 'certificate'
    | 'tls'
    | 'connect'
    | 'upstream'
    | 'entrance'
    | 'frames'
    | 'timing'
    | 'settings'
    | 'end'
    | 'fault'
    /** An experiment of doctor, and what came of it. */
    | 'trial';
  /** The proof itself, as captured (a header line, a date, an error code). Unescaped: whoever shows it escapes it. */
  readonly text: string;
  /** Offset in bytes in the head, body or stream that `what` names, when it points at bytes. */
  readonly offset?: number;
}

export interface RuledOut {
  /** Of a finding. */
  readonly code: string;
  /** A clause: `it is 404 without the Origin, too`. */
  readonly because: string;
}

/** One way to mend it, for one product or situation. */
export interface Fix {
  /** `nginx`, `ws (Node)`, `the client`, ... */
  readonly for: string;
  readonly text: string;
  readonly config?: string;
  /** `nginx 1.22.1`: a test runs this configuration with that release. Absent: nobody has run it here. */
  readonly ran?: string;
}

/** The text of a fix, and with what its configuration was tried. */
export const fixText = ({ text, ran }: Pick<Fix, 'text' | 'ran'>): string => (ran === undefined ? text : `${text} Tried with ${ran}.`);

/** One diagnosed problem. */
export interface Finding {
  /** As in docs/findings.md: `origin.rejected`. */
  readonly code: string;
  readonly cause: Cause;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  readonly title: string;
  readonly evidence: readonly Evidence[];
  /** What else it might have been, and why it is not: by a finding that explains it, or by an experiment. */
  readonly ruledOut: readonly RuledOut[];
  /** Who most likely answered or broke it: `nginx/1.22.1`, `shakedown's fault drop-upgrade`; null when unknown. */
  readonly culprit: string | null;
  readonly fix: readonly Fix[];
  readonly rfc: string;
}

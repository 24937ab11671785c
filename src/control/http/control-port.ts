/** Where the control API listens. */
export interface ControlPort {
  /** 0 picks a free one. */
  readonly port: number;
  /** The user has asked for this very port: without it nothing starts. */
  readonly required: boolean;
}

export const defaultControlPort = 8102;

import type { Cause } from '../../src/model/finding.js';
import type { Grounds } from './grounds.js';

/** How a set-up is asked; the same for doctor and for a client through the live proxy. */
export interface Asking {
  /** `ws://127.0.0.1:PORT/path`, or with `localhost` for wss. */
  readonly url: string;
  readonly origin?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** URL of a proxy to go through. */
  readonly proxy?: string;
  /** Path of a PEM file with a CA that the client trusts. */
  readonly ca?: string;
}

/** Real software, set up so that WebSockets fail in one way, or do not fail at all. */
export interface Setup {
  /** `nginx-default-proxy`, unique. */
  readonly id: string;
  /** What is wrong, in a sentence. */
  readonly title: string;
  /** Programs from Debian that it needs, `python3:NAME` for a package of its Python, `gorilla` for that of Go; without them it is skipped. */
  readonly needs?: readonly string[];
  /** Null: it is healthy. */
  readonly cause: Cause | null;
  /** Codes of findings that name it; the best one first. Empty: it is healthy. */
  readonly codes: readonly string[];
  /** How long doctor watches, milliseconds; a set-up whose fault shows late says so (300 unless), with more than it needs: the end
   * of the connection ends the watching. Such set-ups are judged one at a time. */
  readonly holdMs?: number;
  /** Starts it; everything that `grounds` started ends with the test. */
  start(grounds: Grounds): Promise<Asking>;
  /** The same with the fix: doctor must find it healthy. */
  readonly mended?: (grounds: Grounds) => Promise<Asking>;
  /** Whose fix that is, by product and topic in src/diagnosis/remedies: the configuration that runs is the one that users are shown. */
  readonly mends?: readonly (readonly [product: string, topic: string])[];
  /** The live proxy cannot be asked the same: why. */
  readonly doctorOnly?: string;
}

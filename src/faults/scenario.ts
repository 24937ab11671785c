/** A named bundle of what something in the wild does, armed as rules. One file, named by its id. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What it does, in full sentences. */
  readonly about: string;
  /** What does this in real life. */
  readonly imitates: string;
  /** The text of a rules file. */
  readonly rules: string;
  /** Codes of the findings that its exchanges may have, the likeliest first. */
  readonly expects: readonly string[];
}

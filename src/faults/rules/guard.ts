import { CST, Lexer } from 'yaml';

/** A longer file is none that a person wrote. Bytes of UTF-8. */
export const longestText = 1024 * 1024;
/** The parser needs some 20 microseconds for a token, and dies of nesting that a few bytes can make. */
const mostTokens = 100_000;
const deepest = 50;
const farthestColumn = 500;

export interface Offence {
  /** UTF-16 units from the start. */
  readonly at: number;
  readonly why: string;
}

const refused: Partial<Readonly<Record<CST.TokenType, string>>> = {
  alias: 'aliases (`*name`) are not taken: write the value out',
  anchor: 'anchors (`&name`) are not taken: write each value out',
  tag: 'tags (`!name`) are not taken: a value is what it looks like',
  'directive-line': 'directives (`%NAME`) are not taken: a rules file is YAML 1.2',
};
const openings: ReadonlySet<CST.TokenType> = new Set(['flow-map-start', 'flow-seq-start']);
const closings: ReadonlySet<CST.TokenType> = new Set(['flow-map-end', 'flow-seq-end']);
const nesting: ReadonlySet<CST.TokenType> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/**
 * What must not reach the parser, found in one pass over the tokens: alias bombs, nesting and lengths that would cost it seconds or its life,
 * and what YAML can do beyond plain data.
 */
export const offenceIn = (text: string): Offence | undefined => {
  if (Buffer.byteLength(text) > longestText) return { at: 0, why: `it is longer than ${longestText / 1024 / 1024} MiB` };
  let at = 0;
  let tokens = 0;
  let flowDepth = 0;
  let lineStart = 0;
  let lineDepth = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    // What follows its mark is a scalar, whatever it begins with. The marks of the lexer's own have no length in the text.
    const type: CST.TokenType | null = inScalar ? 'scalar' : CST.tokenType(lexeme);
    inScalar = type === 'scalar' && !inScalar;
    if (inScalar || type === 'doc-mode' || type === 'flow-error-end') continue;
    tokens += 1;
    if (tokens > mostTokens) return { at, why: `it has over ${mostTokens} words and marks` };
    const why = type ? refused[type] : undefined;
    if (why !== undefined) return { at, why };
    if (type && nesting.has(type)) lineDepth += 1;
    if (type && openings.has(type)) flowDepth += 1;
    if (type && closings.has(type)) flowDepth -= 1;
    const far = flowDepth === 0 && type !== null && nesting.has(type) && at - lineStart > farthestColumn;
    if (far || flowDepth + lineDepth > deepest) return { at, why: 'it is nested too deep' };
    const lastBreak = lexeme.lastIndexOf('\n');
    if (lastBreak !== -1) {
      lineStart = at + lastBreak + 1;
      lineDepth = 0;
    }
    at += lexeme.length;
  }
  return undefined;
};

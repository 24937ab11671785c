import { shown } from './shown.js';

/** What a template takes: text of any origin, which is escaped, or markup, which is not. */
export type Part = string | number | SafeHtml | readonly SafeHtml[];

/** Markup that is known to be sound: only `html` makes it. */
export class SafeHtml {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }

  static readonly of = (constants: TemplateStringsArray, ...parts: readonly Part[]): SafeHtml =>
    new SafeHtml(constants.reduce((text, constant, index) => text + markupOf(parts[index - 1] ?? '') + constant));
}

/** Also quotes and the backquote, so that the same text is safe in an attribute between quotes. */
const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

const markupOf = (part: Part): string => {
  if (part instanceof SafeHtml) return part.toString();
  if (Array.isArray(part)) return part.map(String).join('');
  return escaped(shown(String(part)));
};

/**
 * HTML with holes. What stands in the template is ours and goes in as it is; a string in a hole is made visible and escaped, whoever wrote it.
 * Holes belong between tags or between the quotes of an attribute that is no URL, no style and no script.
 */
export const html = SafeHtml.of;

export const nothing: SafeHtml = html``;

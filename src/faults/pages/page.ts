import type { Random } from '../../model/clock.js';
import { field, type Head } from '../../model/head.js';
import type { Target } from '../../model/target.js';
import { reasonPhrase } from '../../wire/reason-phrase.js';
import type { Delivery } from '../changes.js';
import type { StageContext } from '../fault.js';
import type { ParamSpec } from '../param-spec.js';

/** One answer as a product writes it. */
export interface Page {
  readonly status: number;
  /** Where it is not that of the RFC: nginx says `Gateway Time-out`. */
  readonly reason?: string;
  /** In the product's own order and case. Null is the length of the body; a field without a value is left out. */
  readonly fields: readonly (readonly [name: string, value: string | null | undefined])[];
  /** latin1. */
  readonly body: string;
}

/** What a page may speak of. */
export interface Setting {
  readonly target: Target;
  readonly random: Random;
  /** That of the server's answer: a fault knows no time, and a made-up one would show as a wrong clock. */
  readonly date: string | undefined;
}

export const settingOf = (answer: Head, { target, random }: StageContext): Setting => ({ target, random, date: field(answer, 'Date') });

/** The whole answer, and the end of the connection. */
export const writePage = ({ status, reason = reasonPhrase(status), fields, body }: Page): Delivery => {
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value ?? body.length}\r\n`]));
  return { raw: `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`, body, end: 'fin' };
};

/** UTF-8 text as the latin1 of a body. */
export const latin1Of = (text: string): string => Buffer.from(text).toString('latin1');

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? '&#39;');

/** So many hexadecimal digits. */
export const hexOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** So many digits of base64url, as clouds number their requests. */
export const idOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => base64Digits[Math.floor(random.next() * base64Digits.length)]).join('');

export const decimalOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random.next() * 10)).join('');

export const uuidOf = (random: Random): string => [8, 4, 4, 4, 12].map((digits) => hexOf(random, digits)).join('-');

/** The products that a fault can speak as. */
export type Brands = Readonly<Record<string, (setting: Setting) => Page>>;

/** The parameter that names one of them. */
export const brandParam = <B extends Brands>(brands: B, value: keyof B & string) =>
  ({
    type: 'string',
    default: value,
    choices: Object.keys(brands) as readonly (keyof B & string)[],
    about: 'Whose words the answer is in: status line, fields and body as this product writes them.',
  }) as const satisfies ParamSpec;

import type { Event } from '../model/event.js';
import { keyClassOf } from './key-words.js';
import { patched, type Search, type SearchOptions } from './search.js';

/** Fields that say which, when and where; all other texts are searched, also those that this version does not know. */
const untouched: ReadonlySet<string> = new Set(['at', 'exchange', 'type', 'from', 'leg', 'site', 'sameAs', 'data', 'resume']);
/** Parts of a certificate, which everyone may see. */
const ofCertificates: ReadonlySet<string> = new Set(['der', 'fingerprint', 'serial']);

const isWide = (text: string): boolean => /[^\0-\xff]/.test(text);
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** A text of an event: bytes as latin1 where it came from the wire, characters where it is a sentence. */
const searchText = (text: string, search: Search, options: SearchOptions): string => {
  let result = text;
  if (!isWide(result)) result = patched(result, search(result, options));
  if (isAscii(result)) return result;
  const bytes = Buffer.from(result, 'utf8').toString('latin1');
  const patches = search(bytes, options);
  return patches.length === 0 ? result : Buffer.from(patched(bytes, patches), 'latin1').toString('utf8');
};

/** Texts that a limit may have cut in two. */
const oftenCut: ReadonlySet<string> = new Set(['firstBytes', 'reply', 'debug', 'before', 'after']);

/** The event with every text in it searched; the same object when nothing was found. */
export const searchEvent = <T extends Event>(event: T, search: Search): T => {
  const socks = event.type === 'entrance' || event.type === 'upstream';
  const walk = (value: unknown, key: string, named: boolean): unknown => {
    if (typeof value === 'string') {
      if (named && keyClassOf(key)?.when === 'strong') return searchParam(value, key);
      return searchText(value, search, { socks: socks && key === 'request', cut: event.type === 'not-a-head' || oftenCut.has(key) });
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => walk(item, key, named));
      return items.every((item, at) => item === value[at]) ? value : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    return walkObject(value as Readonly<Record<string, unknown>>, key === 'params');
  };
  /** A parameter of a fault that is called as secrets are. */
  const searchParam = (value: string, key: string): string => {
    const line = `"${key}":${JSON.stringify(value)}`;
    const found = searchText(line, search, {});
    return found === line ? value : ((JSON.parse(`{${found}}`) as Record<string, string>)[key] ?? value);
  };
  const walkObject = (object: Readonly<Record<string, unknown>>, named: boolean): Readonly<Record<string, unknown>> => {
    let changed = false;
    const entries = Object.entries(object).map(([key, before]) => {
      const after = ofCertificates.has(key) || (object === event && untouched.has(key)) ? before : walk(before, key, named);
      changed ||= after !== before;
      return [key, after] as const;
    });
    return changed ? Object.fromEntries(entries) : object;
  };
  return walkObject(event as unknown as Readonly<Record<string, unknown>>, false) as unknown as T;
};

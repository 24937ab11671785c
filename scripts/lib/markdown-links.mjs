import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readText } from './files.mjs';
import { lineAt } from './read-source.mjs';

const blank = (text) => text.replace(/[^\n]/g, ' ');
const withoutFences = (text) => text.replace(/^([ \t]*)(```+|~~~+)[\s\S]*?^[ \t]*\2[^\n]*$/gm, blank);
/** Blanks fenced blocks and code spans, so that an example of a link is none. */
const proseOf = (text) => withoutFences(text).replace(/`[^`\n]*`/g, blank);

/** The anchors that GitHub gives the headings of a page: a second heading of the same words gets `-1`. */
const anchorsOf = (text) => {
  const given = new Map();
  const headings = [...withoutFences(text).matchAll(/^ {0,3}#{1,6} +(.+?)(?: +#+)? *$/gm)].map(([, heading]) => anchorOf(heading));
  return new Set(
    headings.map((anchor) => {
      const nth = given.get(anchor) ?? 0;
      given.set(anchor, nth + 1);
      return nth === 0 ? anchor : `${anchor}-${nth}`;
    }),
  );
};

const anchorOf = (heading) =>
  heading
    .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');

/** Links of a page to files that are not there, and to headings that no page has. */
export const checkLinks = (file, text, { root }) => {
  if (!file.endsWith('.md')) return [];
  const links = [...proseOf(text).matchAll(/\]\(\s*<?([^\s)>]+)[^)]*\)|^ *\[[^\]]+\]:\s*(\S+)/gm)];
  return links.flatMap((match) => {
    const link = match[1] ?? match[2] ?? '';
    const target = link.replace(/[#?].*$/, '');
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    const line = lineAt(text, match.index);
    const path = target === '' ? file : posix.join(posix.dirname(file), decodeURI(target));
    if (path.startsWith('..') || target.startsWith('/') || !existsSync(join(root, path))) {
      return [{ line, text: `links to ${target}, which is not there.` }];
    }
    const anchor = /#(.+)$/.exec(link)?.[1];
    if (anchor === undefined || !path.endsWith('.md')) return [];
    if (anchorsOf(path === file ? text : readText(root, path)).has(decodeURI(anchor))) return [];
    return [{ line, text: `links to ${link}, and ${path} has no such heading.` }];
  });
};

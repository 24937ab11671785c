// Reads TypeScript and JavaScript just far enough for the house's checks: what is code, and what a file imports.
// TypeScript 7 has no JavaScript interface, and the checks must run before anything is built.

const beforeRegex = /(?:^|[(,=:[!&|?{;+\-*%~^>\n]|\b(?:return|typeof|case|in|of|await|yield|void|delete|throw|do|else))\s*$/;

/** Index of the quote that closes the string opened at `start`, or -1 when its line ends first (an apostrophe in JSX text). */
const stringEnd = (text, start) => {
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  return -1;
};

const regexEnd = (text, start) => {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at;
  }
  return -1;
};

/** Index of the ` or of the $ of `${` that ends a run of template text beginning at `start`. */
const templateStop = (text, start) => {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`' || (text[at] === '$' && text[at + 1] === '{')) return at;
  }
  return text.length;
};

/**
 * The text with comments, regular expressions and the insides of strings blanked (same length, same lines), and the strings by the
 * offset of their opening quote.
 */
export const stripSource = (text) => {
  const out = [...text];
  const strings = new Map();
  const open = []; // brace depth inside each `${`
  const blank = (from, to) => {
    for (let at = from; at < to; at++) if (out[at] !== '\n') out[at] = ' ';
  };
  const template = (quote, from) => {
    const stop = templateStop(text, from);
    blank(from, stop);
    if (text[stop] === '$') {
      open.push(0);
      return stop + 2;
    }
    if (quote !== undefined) strings.set(quote, text.slice(from, stop));
    return stop + 1;
  };
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    const char = text[at];
    if (two === '//' || two === '/*') {
      const end = two === '//' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
      const stop = end < at + 2 ? text.length : end;
      blank(at, stop);
      at = stop;
    } else if (char === "'" || char === '"') {
      const end = stringEnd(text, at);
      if (end !== -1) {
        strings.set(at, text.slice(at + 1, end));
        blank(at + 1, end);
      }
      at = end === -1 ? at + 1 : end + 1;
    } else if (char === '`') {
      at = template(at, at + 1);
    } else if (char === '/' && beforeRegex.test(out.slice(Math.max(0, at - 40), at).join(''))) {
      const end = regexEnd(text, at);
      if (end !== -1) blank(at + 1, end);
      at = end === -1 ? at + 1 : end + 1;
    } else if (char === '}' && open.at(-1) === 0) {
      open.pop();
      at = template(undefined, at + 1);
    } else {
      if (open.length > 0 && char === '{') open[open.length - 1]++;
      if (open.length > 0 && char === '}') open[open.length - 1]--;
      at++;
    }
  }
  return { code: out.join(''), strings };
};

/** 1 for the first line. */
export const lineAt = (text, offset) => text.slice(0, offset).split('\n').length;

const importForms = [
  { kind: 'import', pattern: /\b(?:from|import)\s*(?=['"])/g },
  { kind: 'import', pattern: /(?<![.\w$])(?:import|require)\s*\(\s*(?=['"`])/g },
  { kind: 'worker', pattern: /\bnew\s+URL\s*\(\s*(?=['"`][^'"`]*['"`]\s*,\s*import\.meta\.url)/g },
];

/**
 * Every path that a file names in an import, a re-export, a type import, `import()` or `new URL(path, import.meta.url)`; of kind
 * `computed`, without a path, where the text does not tell it.
 */
export const importsOf = ({ code, strings }) => {
  const found = [];
  for (const { kind, pattern } of importForms) {
    for (const match of code.matchAll(pattern)) {
      const path = strings.get(match.index + match[0].length);
      const told = path !== undefined;
      found.push({ kind: told ? kind : 'computed', path: path ?? '', offset: match.index, clause: clauseBefore(code, match.index) });
    }
  }
  for (const { index } of code.matchAll(/(?<![.\w$])import\s*\(\s*(?!['"`\s])/g)) {
    found.push({ kind: 'computed', path: '', offset: index, clause: '' });
  }
  return found.sort((one, other) => one.offset - other.offset);
};

/** What stands between `import` or `export` and `from`. */
const clauseBefore = (code, offset) => {
  const start = Math.max(code.lastIndexOf('import', offset - 1), code.lastIndexOf('export', offset - 1));
  return start === -1 ? '' : code.slice(start, offset);
};

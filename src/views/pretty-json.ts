const deepest = 40;
const tokens = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * A JSON text with line breaks and indentation, its strings and numbers as they came: no number loses digits, no key that stands twice is lost.
 * Undefined when it is no object and no array. Of a text that is `cut` the part that is there.
 */
export const prettyJson = (text: string, { cut = false }: { readonly cut?: boolean } = {}): string | undefined => {
  if (!/^\s*[{[]/.test(text) || (!cut && !isJson(text))) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let fresh = false;
  // Deep nesting would make a megabyte of brackets into gigabytes of spaces.
  const newLine = (): void => void parts.push('\n', '  '.repeat(Math.min(depth, deepest)));
  for (const [token] of text.matchAll(tokens)) {
    const closes = token === '}' || token === ']';
    if (closes) depth = Math.max(0, depth - 1);
    if (fresh ? !closes : closes) newLine();
    fresh = false;
    parts.push(token);
    if (token === '{' || token === '[') {
      depth++;
      fresh = true;
    } else if (token === ',') newLine();
    else if (token === ':') parts.push(' ');
  }
  return parts.join('');
};

/** The one command that would settle it. */
export interface NextStep {
  readonly command: string;
  readonly why: string;
}

const urlIn = /\bwss?:\/\/[^\s"'<>`\\|]{1,2048}/i;
const originIn = /\b(?:Origin:?\s{1,3}|The page at )["']?(https?:\/\/[^\s"'<>`\\|,]{1,512})/i;
const browsers = ['Chromium', 'Firefox', 'WebKit', 'Safari', 'WebKit (older)', 'SignalR'];

/** `code` is the most likely one, when there is one. */
export const nextStep = (
  text: string,
  { url, clients, code }: { readonly url: string | null; readonly clients: readonly string[]; readonly code: string | undefined },
): NextStep => {
  const target = targetOf(url) ?? targetOf(urlIn.exec(text)?.[0] ?? null);
  const inBrowser = clients.length > 0 && clients.every((client) => browsers.includes(client));
  const needsClient = code !== undefined && /^(?:frame|client)\./.test(code);
  if (target !== null && !needsClient) {
    const origin = originOf(text);
    return {
      command: `shakedown doctor ${quoted(target)}${origin === null ? '' : ` --origin ${quoted(origin)}`}`,
      why: 'It connects by itself, changes one thing at a time and says which one it is.',
    };
  }
  if (inBrowser) {
    return {
      command: 'shakedown open',
      why: 'It starts a browser of its own through the proxy: load the page there and read what crossed the wire.',
    };
  }
  return {
    command: 'shakedown run -- COMMAND',
    why: 'It starts your program through the proxy: what crossed the wire tells more than its message.',
  };
};

/** Punctuation at the end belongs to the sentence. */
const targetOf = (candidate: string | null): string | null => {
  const trimmed = candidate?.replace(/[).,;:!?\]}]{1,20}$/, '') ?? '';
  if (!/^wss?:\/\//i.test(trimmed)) return null;
  try {
    return new URL(trimmed).hostname === '' ? null : trimmed;
  } catch {
    return null;
  }
};

const originOf = (text: string): string | null => {
  try {
    return new URL(originIn.exec(text)?.[1] ?? '').origin;
  } catch {
    return null;
  }
};

/** As a POSIX shell takes it. */
const quoted = (word: string): string => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

import { shown } from '../faults/params.js';
import { type BrowserName, browserNames } from '../launch/browser/places.js';
import { Problem } from '../model/problem.js';
import { ownName } from '../proxy/own-pages.js';
import { didYouMean } from '../wire/nearest.js';

/** What the words of `open [browser] [url]` mean. Throws a Problem (SHK_USAGE). */
export const asked = (words: readonly string[]): { readonly name: BrowserName | null; readonly url: string } => {
  const [first, ...rest] = words;
  const name = browserNames.find((one) => one === first) ?? null;
  const urls = name === null ? words : rest;
  if (name === null && first !== undefined && !looksLikeUrl(first)) {
    throw new Problem(
      'SHK_USAGE',
      `${shown(first)} is neither a browser that shakedown can open nor a URL${didYouMean(first, browserNames) || '.'}`,
      `Browsers: ${browserNames.join(', ')}. URLs begin with http:// or https://.`,
    );
  }
  const extra = urls[1];
  if (extra !== undefined) throw new Problem('SHK_USAGE', `${shown(extra)} is one word too many.`, 'Behind the browser stands one URL.');
  return { name, url: urls[0] === undefined ? `http://${ownName}/` : pageUrl(urls[0]) };
};

/** `localhost:3000` and `example.com` are meant as URLs, `firefx` is not. */
const looksLikeUrl = (word: string): boolean => /[.:/]/.test(word) || word === 'localhost';

const pageUrl = (word: string): string => {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(word) ? word : `http://${word}`;
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return url;
  const advice = /^wss?:/i.test(word)
    ? 'A browser opens pages: give the URL of the page that opens this WebSocket.'
    : 'Example: http://localhost:3000/';
  throw new Problem('SHK_USAGE', `${shown(word)} is no URL of a page.`, advice);
};

/** A profile of the user's own would take part with all its sessions. */
const ownProfile = /^--?(?:user-data-dir|profile-directory|profile|p|profilemanager)(?:=|$)/i;

/** The arguments behind `--`. Throws a Problem (SHK_USAGE) for those that name another profile. */
export const moreArguments = (words: readonly string[]): readonly string[] => {
  const wrong = words.find((word) => ownProfile.test(word));
  if (wrong === undefined) return words;
  throw new Problem(
    'SHK_USAGE',
    `${shown(wrong)} names a profile; \`open\` uses a new one each time, and removes it.`,
    'For a profile of your own set its proxy by hand: docs/guides/pointing-an-app.md.',
  );
};

import { describe, expect, it } from 'vitest';
import { asked, moreArguments } from '../../src/cli/open-words.js';
import { Problem } from '../../src/model/problem.js';

describe('the words of open', () => {
  it.each([
    [[], null, 'http://shakedown.test/'],
    [['firefox'], 'firefox', 'http://shakedown.test/'],
    [['chrome', 'https://app.example/x?y#z'], 'chrome', 'https://app.example/x?y#z'],
    [['https://localhost:3000/'], null, 'https://localhost:3000/'],
    [['edge', 'localhost:3000'], 'edge', 'http://localhost:3000'],
    [['chromium', 'localhost'], 'chromium', 'http://localhost'],
    [['example.com/a'], null, 'http://example.com/a'],
    [['chrome', '[::1]:3000'], 'chrome', 'http://[::1]:3000'],
  ])('%j', (words, name, url) => {
    expect(asked(words)).toEqual({ name, url });
  });

  it.each([
    [['firefx'], 'did you mean firefox?'],
    [['safari'], 'neither a browser that shakedown can open nor a URL.'],
    [['chrome', 'ws://localhost:3000/'], 'is no URL of a page'],
    [['file:///etc/passwd'], 'is no URL of a page'],
    [['javascript:alert(1)'], 'is no URL of a page'],
    [['chrome', '--x y'], 'is no URL of a page'],
    [['https://a.example/', 'https://b.example/'], 'one word too many'],
  ])('%j is refused', (words, text) => {
    expect(() => asked(words)).toThrow(Problem);
    expect(() => asked(words)).toThrow(text);
  });
});

describe('arguments for the browser', () => {
  it('go through as they are', () => {
    expect(moreArguments(['--headless', '--window-size=800,600'])).toEqual(['--headless', '--window-size=800,600']);
  });

  // threats.md T10: never the user's own profile.
  it.each(['--user-data-dir=/home/me/.config/chromium', '--profile-directory=Default', '-P', '-profile', '--profile', '-ProfileManager'])(
    'may not name a profile: %s',
    (word) => {
      expect(() => moreArguments(['--headless', word])).toThrow('names a profile');
    },
  );
});

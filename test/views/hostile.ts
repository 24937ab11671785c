import fc from 'fast-check';

/** Real sequences that a terminal obeys, and characters that deceive a reader: threats T46 to T48. */
const nasty = [
  '\x1b[2J',
  '\x1b]0;title\x07',
  '\x1b]52;c;aGk=\x07',
  '\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\',
  '\x1bP+q\x1b\\',
  '\x9b31m',
  '\r',
  '\n',
  '\t',
  '\x7f',
  '\0',
  '\u202emoc.live',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ud800',
  '\u{e0041}',
  '漢字',
  '👩‍👩‍👧',
  `e${'\u0301'.repeat(50)}`,
];

/** Text as an attacker writes it. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 12 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** What may never reach a terminal: controls, formats, separators, lone surrogates. */
export const obeyed = /(?![\u200d\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

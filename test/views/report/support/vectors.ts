const inHtml = [
  '<script>window.pwned=1</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<iframe src=javascript:alert(1)>',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<body onload=alert(1)>',
  '<base href=https://evil.example/>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<a href="javascript:alert(1)">x</a>',
  '<form action=https://evil.example><button>x</button></form>',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<object data="data:text/html,<script>alert(1)</script>">',
  '<template><img src=x onerror=alert(1)></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  '` onmouseover=`alert(1)',
  'x onerror=alert(1) y=',
  '"autofocus/onfocus=alert(1)//',
  '<!-- --!><img src=x onerror=alert(1)>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><x/>',
  '<!doctype html><x>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '\u017fcript <\u017fcript>alert(1)</\u017fcript>',
  '\uff1cscript\uff1ealert(1)',
  '<scr\0ipt>alert(1)</scr\0ipt>',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
];
const inMarkdown = [
  '[x](javascript:alert(1))',
  '![x](https://evil.example/beacon.png)',
  '<https://evil.example>',
  'https://evil.example www.evil.example a@evil.example',
  '@someone @org/team',
  '#123 GH-1 org/repo#2 fixes #3',
  '0123456789abcdef0123456789abcdef01234567',
  '`code` ``two`` ```three```',
  '~~~ fence ~~~',
  '**bold** _it_ ~~gone~~',
  '| a | b |',
  '\\| a \\\\| b',
  '$x^2$ $$y$$',
  ':tada: [^1] [ref]: https://evil.example',
];
const inTables = ['=1+1', '+1', '-1', '@SUM(1)', "=cmd|'/c calc'!A1", '\tx', '%0d%0aX: y'];
const unseen = [
  '\x1b[2J\x1b]0;t\x07',
  '\u202emoc.live',
  '\u2066x\u2069',
  'a\u200bb\ufeff',
  '\u2028\u2029',
  '\ud800',
  '\x9b31m',
  '\x7f\x08',
  `e${'\u0301'.repeat(60)}`,
  '\u{e0041}',
];

/** What an attacker writes, each also where an attribute, a comment or a raw text might have to be left first. */
export const vectors: readonly string[] = [
  ...inHtml.flatMap((text) => [text, `">${text}`, `'>-->${text}`, `</title></style></script></textarea>${text}`]),
  ...[...inMarkdown, ...inTables, ...unseen].flatMap((text) => [text, `\`${text}\``]),
];

const letter = (character: string): string => {
  if (/[\nA-Za-z0-9 :\t]/.test(character)) return character;
  if (/\s/.test(character)) return '\u3000';
  const bytes = Buffer.byteLength(character);
  if (bytes > 1) return ['\u00e9', '\u6f22', '\u{1f600}'][bytes - 2] ?? '';
  return character < ' ' || character === '\x7f' ? '\x01' : 'x';
};

/** The same shape (spaces, colons, bytes, what can be printed) without a character that HTML, Markdown or a terminal gives a meaning to. */
export const harmless = (text: string): string => [...text].map(letter).join('');

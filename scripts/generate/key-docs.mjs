// @ts-check
import { built, code, notice, page, table } from './markdown.mjs';

/** @typedef {import('../../src/views/tui/keys.js').Binding} Binding */

const intro = `The terminal UI of \`shakedown start\`, and of \`shakedown inspect FILE\` over a recording: it is there when stdin and stdout are a terminal (\`--no-ui\` prints lines instead). The bottom line shows the keys of
the screen at hand, \`?\` shows all of them. A key that can do nothing right now says why.`;

/** @type {Readonly<Record<string, readonly [title: string, about: string]>>} */
const screens = {
  list: ['The list of exchanges', 'One line an exchange, the newest last. It follows new exchanges until you move up.'],
  detail: ['One exchange', 'Its two legs, its findings, its TLS and timings, its messages, a pane each.'],
  message: ['One message', 'Its payload as text, as JSON or in hex; of a Close its code in words, of a compression bomb how far it went.'],
  faults: [
    'The faults',
    'What can be broken on purpose. Armed faults apply to the next stage that an exchange reaches, also of open ones.',
  ],
  replay: ['The outcome of a replay', 'What differs between the recorded exchange and the one just now.'],
  help: ['The help', 'Every key.'],
  every: ['Everywhere', "A screen's own key goes first."],
};

const typing = `Where a line is being typed (the filter, a text to find, a fault with parameters of its own) keys are text: Enter takes it, Esc drops it, Backspace takes back the last character,
Ctrl-U the whole line. The filter works as it is typed; Up and Down bring back those that were kept. Words without an operator, or one text in quotes, are looked for in
URL, status, outcome and findings; anything else is [the filter language](filter.md), and a caret stands where it cannot be read.`;

/** @type {import('../generate.mjs').Product} */
export const keyDocs = {
  path: 'docs/keys.md',
  from: 'dist',
  make: async (root) => {
    /** @type {readonly Binding[]} */
    const bindings = (await built(root, 'views/tui/keys.js')).bindings;
    const stray = bindings.find((binding) => screens[binding.screen] === undefined);
    if (stray) throw new Error(`scripts/generate/key-docs.mjs does not know the screen ${stray.screen}.`);
    return page([
      notice,
      '# Keys',
      intro,
      ...Object.keys(screens).flatMap((screen) => section(screen, bindings)),
      '## While typing',
      typing,
    ]);
  },
};

/** @param {string} screen @param {readonly Binding[]} bindings */
const section = (screen, bindings) => {
  const own = bindings.filter((binding) => binding.screen === screen);
  const [title, about] = screens[screen] ?? ['', ''];
  if (own.length === 0) return [];
  return [`## ${title}`, about, table(['key', 'does', 'does nothing when'], own.map(row))];
};

/** @param {Binding} binding */
const row = ({ key, description, disabledWhen }) => [key.split(', ').map(code).join(', '), description, disabledWhen?.because ?? ''];

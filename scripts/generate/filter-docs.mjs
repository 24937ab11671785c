// @ts-check
import { built, code, notice, page, table } from './markdown.mjs';

/** @typedef {import('../../src/filter/fields.js').Field} Field */

const intro = `\`shakedown inspect FILE --filter EXPR\` prints only the exchanges that fit. A comparison is a field, an operator and a value; comparisons are joined by \`&&\` (or \`and\`), \`||\` (or
\`or\`), \`!\` (or \`not\`) and brackets, \`&&\` before \`||\`. What cannot be read is an error with a caret under the place.`;

const examples = `\`\`\`
host ~ api && status != 101 && finding = origin.*
leg.server.tls.version < 1.3
status >= 400 and not (cause = origin or fault)
request.origin = https://app.example
message ~ "out of memory" or message.bytes > 100000
leg.server.tls.ms > 500 or frame.defect
\`\`\``;

const operators = [
  ['`=`, `==`', 'is the same; of a text in any case, and `*` stands for any characters unless the value is in quotes'],
  ['`!=`', 'is not; of more than one value none is'],
  ['`~`, `!~`', 'contains, in any case; contains not'],
  ['`<`, `<=`, `>`, `>=`', 'for numbers and TLS versions'],
  ['none', 'the field is there: `fault`, `not leg.client.tls.version`'],
];

const values = `A value with a space, a quote, a bracket or an operator in it stands in quotes, \`"like this"\` or \`'like this'\`; a backslash escapes. There are no regular expressions: none of these filters takes
long, whatever the traffic holds.`;

const kinds = { text: 'text', number: 'number', version: 'TLS version' };

/** @type {import('../generate.mjs').Product} */
export const filterDocs = {
  path: 'docs/filter.md',
  from: 'dist',
  make: async (root) => {
    const { exchangeFields, messageFields } = await built(root, 'filter/fields.js');
    const { knownFrom } = await built(root, 'faults/known-from.js');
    /** @param {Field} field */
    const whole = (field) => [...row(field), knownFrom(field.name) ?? ''];
    return page([
      notice,
      '# The filter language',
      intro,
      examples,
      '## Operators',
      table(['operator', 'the field'], operators),
      values,
      '## Fields of an exchange',
      'The last column is for the match of a fault or a rule: the stage from which on the field can decide. Without one it is known only in the end.',
      table(['field', 'type', 'what it is', 'known from'], exchangeFields.map(whole)),
      '`request.NAME` and `response.NAME` are the fields of the heads that the client and the server sent, as `request.origin`; faults can be matched by them from the stages `request` and `response` on.',
      '## Fields of a message',
      'Each message is asked on its own; the exchange fits when one of them does, with `!=` and `!~` when none does.',
      table(['field', 'type', 'what it is'], messageFields.map(row)),
    ]);
  },
};

/** @param {Field} field */
const row = ({ name, type, about }) => [code(name), kinds[type], about];

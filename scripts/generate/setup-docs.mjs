// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchor, code, notice, page, table } from './markdown.mjs';

/**
 * @typedef {object} Said
 * @property {string | null} first
 * @property {readonly string[]} errors
 */
/**
 * What a run said of one set-up; test/setups/judge.ts.
 *
 * @typedef {object} Judged
 * @property {string} id
 * @property {string} title
 * @property {string | null} cause
 * @property {readonly string[]} codes
 * @property {Said & { readonly ok: boolean }} doctor
 * @property {Said | null} live
 * @property {boolean | null} mended
 */

/** @param {string | null} first */
const causeOf = (first) => (first ?? '').split('.')[0]?.replace(/^tls$/, 'certificate');

/** @param {readonly Judged[]} of @param {(one: Judged) => boolean} fits */
const share = (of, fits) => `${of.filter(fits).length} of ${of.length}`;

/** @param {'doctor' | 'live'} who @param {readonly Judged[]} broken */
const score = (who, broken) => {
  const asked = broken.filter((one) => one[who] !== null);
  return [
    who === 'doctor' ? 'doctor' : 'the live proxy',
    share(asked, (one) => causeOf(one[who]?.first ?? null) === one.cause),
    share(asked, (one) => one.codes.includes(one[who]?.first ?? '')),
  ];
};

/** @param {Said | null} said @param {Judged} one */
const verdict = (said, { cause, codes }) => {
  if (said === null) return '-';
  if (said.first === null) return cause === null ? 'nothing' : '**nothing**';
  const linked = `[${said.first}](findings.md#${anchor(said.first)})`;
  return codes.includes(said.first) ? linked : causeOf(said.first) === cause ? `${linked} (right cause)` : `**${linked}**`;
};

/** @type {import('../generate.mjs').Product} */
export const setupDocs = {
  path: 'docs/setups.md',
  from: 'src',
  make: (root) => {
    const file = join(root, 'docs/setups.json');
    /** @type {readonly Judged[]} */
    const judged = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    const broken = judged.filter(({ cause }) => cause !== null);
    const healthy = judged.filter(({ cause }) => cause === null);
    const mended = judged.filter((one) => one.mended !== null);
    const intro = `Real software, set up so that WebSockets fail in one way, or do not fail at all: ${judged.length} set-ups in \`test/setups/\`, each started by a test that asks \`doctor\`, sends npm ws through the live
proxy, and reads its recording again. CI runs them all. The table is of the last run of

\`\`\`sh
SHAKEDOWN_OBSERVE=1 npx vitest run test/e2e/setups.test.ts
\`\`\`

Bold is a wrong cause; \`-\`: it could not be asked that way. Of ${mended.length} the mended configuration, as it stands in [the fixes](fixes.md), was started too, and ${mended.filter((one) => one.mended).length} of them were found healthy.`;
    return page([
      notice,
      '# Held against real software',
      intro,
      table(['', 'right cause', 'right code'], [score('doctor', broken), score('live', broken)]),
      `Of ${healthy.length} healthy ones doctor said ok to ${healthy.filter((one) => one.doctor.ok && one.doctor.errors.length === 0).length}, and the live proxy had no error to tell of ${healthy.filter((one) => (one.live?.errors.length ?? 0) === 0).length}.`,
      table(
        ['set-up', 'what it is', 'expected', 'doctor', 'live'],
        judged.map((one) => [code(one.id), one.title, one.codes[0] ?? 'nothing', verdict(one.doctor, one), verdict(one.live, one)]),
      ),
    ]);
  },
};

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/generate.mjs', import.meta.url));
const fault = `export const fault = defineFault({\n  id: 'drop-it',\n  stage: 'request',\n});\n`;
const rule = `export const rule = defineRule({\n  code: 'server.tea-pot',\n});\n`;

/** Stands in for the compiler: writes what the build of this little project would hold. */
const build = `
import { mkdirSync, writeFileSync } from 'node:fs';
const fault = { id: 'drop-it', stage: 'request', leg: 'server', title: 'It is lost', about: 'Drops <it>.', imitates: 'A proxy.', example: 'drop-it',
  params: { n: { type: 'number', default: 1, min: 0, max: 9, about: 'How | much.' } }, expects: ['server.tea-pot', 'server.slow'],
  effects: [{ client: 'ws', sees: 'An error.' }] };
const rule = { code: 'server.tea-pot', cause: 'server', severity: 'error', title: 'A tea pot', question: 'Is it 418?', remedy: 'Use coffee.',
  fixes: [{ for: 'nginx', text: 'Set it.', config: 'a;' }], rfc: 'RFC 2324' };
for (const [room, text] of [['faults', 'export const faults = [' + JSON.stringify(fault) + '];'], ['diagnosis', 'export const rules = [' + JSON.stringify(rule) + '];']]) {
  mkdirSync('dist/' + room, { recursive: true });
  writeFileSync('dist/' + room + '/catalogue.js', text);
}
`;

describe('generate', () => {
  let root = '';
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const get = (path: string) => readFileSync(join(root, path), 'utf8');
  const generate = (...args: string[]) => spawnSync(process.execPath, [script, '--root', root, ...args], { encoding: 'utf8' });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'shakedown-generate-'));
    put('package.json', JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }));
    put('build.mjs', build);
    put('src/faults/request/drop-it.ts', fault);
    put('src/diagnosis/server/tea-pot.ts', rule);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes catalogues and documentation, is content with them, and names each stale file without writing it', () => {
    expect(generate()).toMatchObject({ status: 0, stderr: '' });
    expect(get('src/faults/catalogue.ts')).toBe(
      [
        '// Written by `npm run generate`; do not edit.',
        "import { fault as dropIt } from './request/drop-it.js';",
        "import type { Fault } from './fault.js';",
        '',
        'export const faults: readonly Fault[] = [',
        '  dropIt,',
        '];',
        '',
      ].join('\n'),
    );
    expect(get('src/diagnosis/catalogue.ts')).toContain("import { rule as serverTeaPot } from './server/tea-pot.js';");
    expect(get('docs/faults.md')).toContain('| `n` | number, 0 to 9 | `1` | How \\| much. |');
    expect(get('docs/faults.md')).toContain('Diagnosed as: [`server.tea-pot`](findings.md#servertea-pot), `server.slow`.');
    expect(get('docs/faults.md')).toContain('Drops &lt;it>.');
    expect(get('docs/findings.md')).toContain('- **nginx**: Set it.\n\n```\na;\n```');
    expect(get('docs/findings.md')).toContain('Make it happen: [`drop-it`](faults.md#drop-it).');

    expect(generate('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(generate()).toMatchObject({ status: 0, stdout: '' });

    put('docs/faults.md', 'planted');
    put('src/diagnosis/catalogue.ts', 'planted');
    const checked = generate('--check');
    expect(checked.status).toBe(1);
    expect(checked.stderr).toBe(
      'src/diagnosis/catalogue.ts is stale.\ndocs/faults.md is stale.\nRun `npm run generate` and commit the result.\n',
    );
    expect([get('docs/faults.md'), get('src/diagnosis/catalogue.ts')]).toEqual(['planted', 'planted']);
  });

  it('writes an empty catalogue for an empty room', () => {
    rmSync(join(root, 'src/diagnosis/server'), { recursive: true });
    expect(generate().status).toBe(0);
    expect(get('src/diagnosis/catalogue.ts')).toContain('export const rules: readonly Rule[] = [];');
  });

  it.each([
    ['a fault whose id is not its file name', 'src/faults/request/other-name.ts', fault, "does not say `id: 'other-name',`"],
    ['a fault in the folder of another stage', 'src/faults/response/drop-it.ts', fault, "does not say `stage: 'response',`"],
    ['two faults of one id', 'src/faults/response/drop-it.ts', fault.replace('request', 'response'), 'are both the fault drop-it'],
    ['a file without a fault', 'src/faults/request/helper.ts', 'export const helper = 1;\n', 'does not say `export const fault = `'],
    ['a rule whose code is not its path', 'src/diagnosis/url/tea-pot.ts', rule, "does not say `code: 'url.tea-pot',`"],
  ])('refuses %s', (_, path, text, complaint) => {
    put(path, text);
    const refused = generate();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`${path}`);
    expect(refused.stderr).toContain(complaint);
  });

  it('fails when the build fails, and again when that build left its output behind', () => {
    put('build.mjs', `${build}process.exit(3);`);
    for (const failed of [generate(), generate('--check')]) {
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain('`npm run build` failed');
    }
  });
});

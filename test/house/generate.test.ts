import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, fault, main, plantProject, rule, shapeless } from './planted-project.js';

const script = fileURLToPath(new URL('../../scripts/generate.mjs', import.meta.url));

describe('generate', () => {
  let project: ReturnType<typeof plantProject>;
  const generate = (...args: string[]) => spawnSync(process.execPath, [script, '--root', project.root, ...args], { encoding: 'utf8' });

  beforeEach(() => {
    project = plantProject();
  });
  afterEach(() => project.remove());

  it('writes catalogues and documentation, is content with them, and names each stale file without writing it', () => {
    const { get, put } = project;
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

    expect(generate('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });

    put('docs/faults.md', 'planted');
    put('src/diagnosis/catalogue.ts', 'planted');
    const checked = generate('--check');
    expect(checked.status).toBe(1);
    expect(checked.stderr).toBe(
      'src/diagnosis/catalogue.ts is stale.\ndocs/faults.md is stale.\nRun `npm run generate` and commit the result.\n',
    );
    expect([get('docs/faults.md'), get('src/diagnosis/catalogue.ts')]).toEqual(['planted', 'planted']);
  }, 60_000);

  it("links a product's fix to the one place where it stands, and shows a finding's own fix beside it", () => {
    expect(generate()).toMatchObject({ status: 0 });
    const findings = project.get('docs/findings.md');
    expect(findings).toContain('| [`server.tea-pot`](#servertea-pot) | A tea pot | Is it 418? |');
    expect(findings).toContain(
      '- **the cook**: Wait. `sleep 1`\n- Make it hot: [nginx](fixes.md#nginx-heat), [Caddy](fixes.md#caddy-heat).\n',
    );
    expect(findings).toContain('Make it happen: [`drop-it`](faults.md#drop-it).');
    expect(findings).toContain(
      'From further away it looks like [`server.pot`](#serverpot).\n\nWhat clients say:\n\n- Kettle, Pot: `It <whistles>`\n',
    );
    const fixes = project.get('docs/fixes.md');
    expect(fixes).toContain('### Caddy: heat\n\nSet it too.\n\n```\na;\nb;\n```');
    expect(fixes).toContain('### nginx: heat\n\nSet it.\n\nThe configuration is that of [Caddy: heat](#caddy-heat).');
  });

  it('takes help texts, key bindings and event shapes from the build', () => {
    expect(generate()).toMatchObject({ status: 0 });
    const cli = project.get('docs/cli.md');
    expect(cli).toContain('| [`pour`](#pour) | fills one cup |');
    expect(cli).toContain('## pour\n\n```\nshakedown pour <cup>\n');
    expect(cli).not.toContain('drink');
    expect(cli).toContain('| `1` | The thing asked about failed');
    expect(project.get('docs/guides/pointing-an-app.md')).toMatch(
      /^Before\.\n\n<!-- [^\n]*\n\n[\s\S]*\n\| Kettle \| By http:\/\/127\.0\.0\.1:8101\. \| By CA\. \| yes \|\n\n<!-- To here\. -->\n\nAfter\.\n$/,
    );
    expect(project.get('docs/keys.md')).toContain('| `q` | Quit | It boils. |');
    const format = project.get('docs/recording-format.md');
    expect(format).toContain('### poured\n\nTea | coffee.\n');
    expect(format).toContain('| `cup` | text | [Cup](#cup) |\n| `heat` | number, or null |  |\n| `by` | `cook` |  |');
    expect(format).toContain('| `size` | number | In millilitres. |\n| `kind` | text, or absent | `mug`, `glass` |');
  });

  it('makes the schema of rules files of the faults, their parameters, the fields that are known in time and the scenarios', () => {
    expect(generate()).toMatchObject({ status: 0 });
    const { $defs, properties } = JSON.parse(project.get('docs/rules.schema.json'));
    expect(properties.rules.maxItems).toBe(9);
    expect($defs.fault.anyOf[0]).toEqual({ oneOf: [{ const: 'drop-it', description: 'It is lost' }] });
    expect($defs.fault.anyOf[1].properties['drop-it']).toMatchObject({
      additionalProperties: false,
      properties: { n: { description: 'How | much.', default: 1, type: 'number', minimum: 0, maximum: 9 } },
    });
    const match = $defs.match.anyOf[1].properties;
    expect(Object.keys(match)).toEqual(['tea', 'origin', 'headers', 'where', 'nth', 'until']);
    expect(match.nth).toEqual({ description: 'Which one.', type: 'integer', minimum: 1 });
    expect($defs.rule.anyOf[1].properties.use.oneOf).toEqual([{ const: 'tea-time', description: 'At five' }]);
  });

  it('lists scenarios in the source and in the documentation', () => {
    expect(generate()).toMatchObject({ status: 0 });
    expect(project.get('src/faults/scenario-catalogue.ts')).toContain("import { scenario as teaTime } from './scenarios/tea-time.js';");
    const docs = project.get('docs/scenarios.md');
    expect(docs).toContain('| [tea-time](#tea-time) | At five | [drop-it](faults.md#drop-it) |');
    expect(docs).toContain('```yaml\nrules: []\n```');
  });

  it('makes JSON Schemas of what the reader checks and of the declared types', () => {
    expect(generate()).toMatchObject({ status: 0 });
    const recording = JSON.parse(project.get('docs/recording.schema.json'));
    expect(recording.$id).toBe('urn:shakedown:recording:1');
    expect(recording.$defs['event-poured']).toEqual({
      description: 'Tea | coffee.',
      type: 'object',
      properties: { cup: { type: 'string' }, heat: { anyOf: [{ type: 'number' }, { type: 'null' }] }, by: { enum: ['cook'] } },
      required: ['cup', 'heat', 'by'],
    });
    const inspect = JSON.parse(project.get('docs/inspect.schema.json'));
    expect(inspect.anyOf).toEqual([{ $ref: '#/$defs/ExchangeLine' }, { $ref: '#/$defs/MessageLine' }]);
    expect(inspect.$defs).toEqual({
      ExchangeLine: {
        type: 'object',
        properties: {
          cup: { description: 'What is drunk.', anyOf: [{ $ref: '#/$defs/Cup' }, { type: 'null' }] },
          cups: { type: 'array', items: { $ref: '#/$defs/Cup' } },
          how: { type: 'object', properties: { hot: { type: 'boolean' } }, required: ['hot'] },
          marks: { type: 'object', additionalProperties: { type: 'number' } },
        },
        required: ['cup', 'how', 'marks'],
      },
      Cup: {
        description: 'What holds it.',
        type: 'object',
        properties: { size: { description: 'In millilitres.', type: 'number' }, kind: { type: 'string', examples: ['mug', 'glass'] } },
        required: ['size'],
      },
      MessageLine: { type: 'object', properties: { from: { type: 'string', examples: ['kettle', 'pot'] } }, required: ['from'] },
    });
  });

  it.each([
    ['an exit code', 'cli/exit-code.js', 'export const exitCodes = { soaked: 9 };', 'no meaning for the exit code soaked'],
    ['a promised field', 'cli/main.js', main({ url: undefined }), 'does not print what docs/cli.md promises: url.'],
    ['a screen', 'views/tui/keys.js', "export const bindings = [{ key: 'q', screen: 'kitchen' }];", 'does not know the screen kitchen'],
    ['the shape of a field', 'recording/event-shapes.js', shapeless, 'has no shape for the field cup of poured'],
  ])('fails when the documentation and the program disagree about %s', (_, path, text, complaint) => {
    project.put('build.mjs', `${build}\nwriteFileSync('dist/${path}', ${JSON.stringify(text)});\n`);
    const refused = generate();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(complaint);
  });

  it('writes an empty catalogue for an empty room', () => {
    project.remove('src/diagnosis/server');
    expect(generate().status).toBe(0);
    expect(project.get('src/diagnosis/catalogue.ts')).toContain('export const rules: readonly Rule[] = [];');
  });

  it.each([
    ['a fault whose id is not its file name', 'src/faults/request/other-name.ts', fault, "does not say `id: 'other-name',`"],
    ['a fault in the folder of another stage', 'src/faults/response/drop-it.ts', fault, "does not say `stage: 'response',`"],
    ['two faults of one id', 'src/faults/response/drop-it.ts', fault.replace('request', 'response'), 'are both the fault drop-it'],
    ['a file without a fault', 'src/faults/request/helper.ts', 'export const helper = 1;\n', 'does not say `export const fault = `'],
    ['a rule whose code is not its path', 'src/diagnosis/url/tea-pot.ts', rule, "does not say `code: 'url.tea-pot',`"],
  ])('refuses %s', (_, path, text, complaint) => {
    project.put(path, text);
    const refused = generate();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`${path}`);
    expect(refused.stderr).toContain(complaint);
  });

  it('fails when the build fails, and again when that build left its output behind', () => {
    project.put('build.mjs', `${build}process.exit(3);`);
    for (const failed of [generate(), generate('--check')]) {
      expect(failed.status).toBe(1);
      expect(failed.stderr).toContain('`npm run build` failed');
    }
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '../../src/authority/authority.js';
import type { Recipe } from '../../src/authority/recipe.js';
import { loadRecipes } from '../../src/authority/recipes.js';
import { ask, host, newAuthority, serving, temporaryFolder, visitAs } from './support.js';

const recipes = [...loadRecipes().values()];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(join(folder.path, 'ca'));
});
afterAll(() => folder.remove());

const served = async <T>(recipe: Recipe, visit: (port: number) => Promise<T>): Promise<T> =>
  serving((await authority.leaf({ host, recipe: recipe.id })).serverOptions, visit);

/** All recipes, each on a port of its own, for as long as the visit lasts. */
const servedAtOnce = async <T>(visit: (ports: readonly number[]) => Promise<T>, ports: readonly number[] = []): Promise<T> => {
  const recipe = recipes[ports.length];
  return recipe ? served(recipe, (port) => servedAtOnce(visit, [...ports, port])) : visit(ports);
};

describe('a Node client that trusts the authority', () => {
  it.each(recipes.map((recipe) => ({ id: recipe.id, says: recipe.refusedBy.node, recipe })))(
    'says $says to $id',
    async ({ recipe, says }) => {
      const { error, chain } = await served(recipe, (port) => visitAs({ port, trusts: [authority.caPem] }));
      expect(error).toBe(says);
      const leaf = await authority.leaf({ host, recipe: recipe.id });
      expect(chain).toEqual(leaf.chain);
    },
  );
});

/** Debian's level, so that a machine with another default says the same of a weak key. */
const level = 'DEFAULT@SECLEVEL=2';

describe('other clients', () => {
  it('openssl refuses and accepts as the recipes say', async () => {
    const version = await ask('openssl', ['version']);
    if (!version?.out.startsWith('OpenSSL 3')) return console.log('skipped: no openssl 3 here');
    const trust = ['-CAfile', authority.caPath, '-no-CApath', '-no-CAstore'];
    for (const recipe of recipes) {
      const args = (port: number) => [
        's_client',
        '-connect',
        `127.0.0.1:${port}`,
        '-servername',
        host,
        '-verify_hostname',
        host,
        '-cipher',
        level,
      ];
      const said = await served(recipe, (port) => ask('openssl', [...args(port), ...trust, '-verify_return_error']));
      const words = /verify error:num=\d+:(.*)/.exec(said?.out ?? '')?.[1]?.toLowerCase() ?? null;
      // Without subjectAltName `-verify_hostname` falls back on the common name, as the recipe says.
      expect({ id: recipe.id, words }).toEqual({ id: recipe.id, words: recipe.refusedBy.openssl?.toLowerCase() ?? null });
    }
  });

  it('openssl x509 reads every one of them', async () => {
    if (!(await ask('openssl', ['version']))) return console.log('skipped: no openssl here');
    for (const recipe of recipes) {
      const { serverOptions } = await authority.leaf({ host, recipe: recipe.id });
      const file = join(folder.path, `${recipe.id}.pem`);
      await writeFile(file, serverOptions.cert);
      const read = await ask('openssl', ['x509', '-in', file, '-noout', '-text']);
      expect(read?.code, recipe.id).toBe(0);
      expect(read?.out).toMatch(/Version: 3 \(0x2\)[\s\S]*Serial Number:\s+[4-7]/);
    }
  });

  it('curl refuses and accepts as the recipes say', async () => {
    const version = await ask('curl', ['--version']);
    if (!version?.out.includes('OpenSSL/3')) return console.log('skipped: no curl with OpenSSL 3 here');
    for (const recipe of recipes) {
      const url = (port: number) => ['--resolve', `${host}:${port}:127.0.0.1`, `https://${host}:${port}/`];
      const fixed = ['-sS', '--noproxy', '*', '--cacert', authority.caPath, '--ciphers', level];
      const said = await served(recipe, (port) => ask('curl', [...fixed, ...url(port)]));
      const words = recipe.refusedBy.curl;
      const expected = words === null ? { code: 0, text: 'ok' } : { code: Number(words.slice(0, 2)), text: words.slice(3) };
      expect(said?.code, `${recipe.id}: ${said?.out}`).toBe(expected.code);
      // Exit code 35 comes with OpenSSL's inner words, which differ by version.
      if (expected.code !== 35) expect(said?.out.toLowerCase(), recipe.id).toContain(expected.text.toLowerCase());
    }
  });

  it('Python refuses and accepts as the recipes say', async () => {
    const version = await ask('python3', ['-c', 'import ssl; print(ssl.OPENSSL_VERSION)']);
    if (!version?.out.startsWith('OpenSSL 3')) return console.log('skipped: no python3 with OpenSSL 3 here');
    const script = [
      'import socket, ssl, sys',
      'context = ssl.create_default_context(cafile=sys.argv[1])',
      `context.set_ciphers('${level}')`,
      'for port in sys.argv[2:]:',
      '    try:',
      `        context.wrap_socket(socket.create_connection(('127.0.0.1', int(port))), server_hostname='${host}').close()`,
      "        print('accepted')",
      '    except ssl.SSLError as error: print(error)',
    ].join('\n');
    // One process for all: Python takes half a second to start.
    const lines = await servedAtOnce((ports) => ask('python3', ['-c', script, authority.caPath, ...ports.map(String)]));
    const said = lines?.out.trimEnd().split('\n') ?? [];
    for (const [index, recipe] of recipes.entries()) {
      expect(said[index]?.toLowerCase(), recipe.id).toContain(recipe.refusedBy.python?.toLowerCase() ?? 'accepted');
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launch } from '../../../src/launch/run/launch.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-launch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
writeFileSync(at('no-interpreter'), '#!/no/such/interpreter\n', { mode: 0o755 });
writeFileSync(at('not-executable'), 'text\n', { mode: 0o644 });
mkdirSync(at('a-folder'));

describe('how a command ended', () => {
  it.each([
    ['well', 'exit 0', { type: 'exit', code: 0 }],
    ['with a code of its own', 'exit 7', { type: 'exit', code: 7 }],
    ['by SIGTERM', 'kill -TERM $$', { type: 'signal', signal: 'SIGTERM', code: 143 }],
    ['by SIGKILL', 'kill -KILL $$', { type: 'signal', signal: 'SIGKILL', code: 137 }],
  ])('is known: %s', async (_name, script, end) => {
    expect(await launch(['sh', '-c', script], process.env).ended).toEqual(end);
  });

  it('may be a signal of ours', async () => {
    const launched = launch(['sh', '-c', 'while :; do sleep 0.05; done'], process.env);
    launched.signal('SIGHUP');
    expect(await launched.ended).toMatchObject({ code: 129 });
  });

  it.each([
    ['no-such-command', 127, 'was not found. It is in no folder of PATH.'],
    ['./no-such-file', 127, 'was not found. There is no such file.'],
    [at('not-executable'), 126, 'cannot be run: it is no file that this user may execute.'],
    [at('a-folder'), 126, 'cannot be run: it is no file that this user may execute.'],
    [at('no-interpreter'), 126, 'cannot be run: the interpreter that its first line names is not there.'],
    ['', 126, 'cannot be run: '],
    ['a\0b', 126, 'cannot be run: '],
  ])('is that it never began: %j', async (program, code, sentence) => {
    const launched = launch([program], process.env);
    expect(launched.pid).toBeUndefined();
    expect(await launched.ended).toMatchObject({ type: 'not-started', code, sentence: expect.stringContaining(sentence) });
  });
});

import { describe, expect, it } from 'vitest';
import { codesOf, examine, firstOf, outOf, startUpgradeServer } from './support.js';

describe('the Origin, with something else behind it', () => {
  it('is to blame where the answer is another without it, and what comes next is told', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => ({ status: headers.origin === 'https://evil.example' ? 403 : 404 }),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/wrong`, { origin: 'https://evil.example' });
    expect(report.findings[0]).toMatchObject({ code: 'origin.rejected', confidence: 0.95 });
    expect(report.findings[0]?.title).toContain('without an Origin the same request is answered 404 No, which is the next thing to mend');
    expect(codesOf(report)).not.toContain('server.forbidden');
  });

  it('is not to blame where only a missing one is refused otherwise', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ headers }) => ({ status: headers.origin === undefined ? 403 : 404 }) });
    const report = await examine(`ws://127.0.0.1:${server.port}/wrong`, { origin: 'https://good.example' });
    expect(firstOf(report)).toBe('url.not-found');
    expect(codesOf(report)).not.toContain('origin.rejected');
  });
});

describe('the path, where unknown ones are forbidden', () => {
  const upgrade = ({ url }: { url?: string | undefined }) => (url === '/ws' ? 101 : { status: 403 });

  it('is to blame where a path that nobody has is refused just so, and another opens', async () => {
    await using server = await startUpgradeServer({ upgrade });
    const report = await examine(`ws://127.0.0.1:${server.port}/live`);
    expect(report.findings[0]).toMatchObject({ code: 'url.not-found', confidence: 0.85 });
    expect(report.findings[0]?.title).toContain('and /ws opens');
    expect(outOf(report)).toContain('server.forbidden');
    const paths = report.trials.map(({ title }) => title).filter((title) => title.startsWith('at the path'));
    expect(paths).toEqual(['at the path /live/', 'at the path /ws', 'at the path /ws, once more']);
  });

  it('is not to blame where only this one is refused, and no other is asked then', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ url }) => ({ status: url === '/live' ? 403 : 404 }) });
    expect(firstOf(await examine(`ws://127.0.0.1:${server.port}/live`))).toBe('server.forbidden');
    expect(server.seen.map(({ url }) => url)).not.toContain('/ws');
  });
});

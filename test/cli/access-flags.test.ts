import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/cli/access-flags.js';
import { loopbackOnly } from '../../src/proxy/access/access.js';

const lan = { host: '0.0.0.0', proxyAuth: undefined };
const here = { host: '127.0.0.1', proxyAuth: undefined };

describe('who may come in', () => {
  it('is this machine, without more', () => {
    expect(accessOf({}, here)).toEqual(loopbackOnly);
    expect(accessOf({ allowLan: '' }, here)).toEqual(loopbackOnly);
  });

  it('is whoever has the password that was made, with --allow-lan', () => {
    const [one, other] = [accessOf({ allowLan: '' }, lan), accessOf({ allowLan: '' }, lan)];
    expect(one).toMatchObject({ lan: true, askAll: false, from: [], privateTargets: false, credentials: { user: 'shakedown' } });
    expect(one.credentials?.password).toMatch(/^[\w-]{22}$/);
    expect(one.credentials?.password).not.toBe(other.credentials?.password);
  });

  it('is whoever has the chosen credentials, this machine too', () => {
    const credentials = { user: 'me', password: 'a:b c' };
    expect(accessOf({ proxyAuth: 'me:a:b c' }, here)).toEqual({ ...loopbackOnly, credentials, askAll: true });
    expect(accessOf({}, { ...here, proxyAuth: 'me:a:b c' })).toEqual({ ...loopbackOnly, credentials, askAll: true });
    expect(accessOf({ allowLan: 'private', allowFrom: ['10.0.0.0/8', '192.168.1.7'] }, { ...lan, proxyAuth: 'me:a:b c' })).toEqual({
      ...{ lan: true, credentials, askAll: true, privateTargets: true },
      from: ['10.0.0.0/8', '192.168.1.7'],
    });
    expect(accessOf({ proxyAuth: 'flag:wins' }, { ...here, proxyAuth: 'me:x' }).credentials?.user).toBe('flag');
  });

  it.each([
    [{}, lan, 'add --allow-lan'],
    [{}, { ...lan, host: '192.168.1.5' }, 'add --allow-lan'],
    [{ allowLan: 'start' }, lan, 'takes no value but =private'],
    [{ allowLan: '', allowFrom: 'x' }, lan, '"x" is no address'],
    [{ allowFrom: '10.0.0.0/8' }, here, 'none reaches --host 127.0.0.1'],
    [{ proxyAuth: ['a:b', 'c:d'] }, here, 'given 2 times'],
    [{ proxyAuth: 'secret' }, here, '--proxy-auth is no USER:PASSWORD'],
    [{ proxyAuth: ':secret' }, here, '--proxy-auth is no USER:PASSWORD'],
    [{ proxyAuth: 'me:' }, here, '1 to 255 characters'],
    [{ proxyAuth: 'me:secr\u00e9t' }, here, '1 to 255 characters'],
    [{ proxyAuth: `me:${'s'.repeat(256)}` }, here, '1 to 255 characters'],
    [{}, { ...here, proxyAuth: 'secret' }, 'SHAKEDOWN_PROXY_AUTH is no USER:PASSWORD'],
  ])('is asked again where it makes no sense: %j %j', (flags, at, why) => {
    const problem = (() => {
      try {
        return accessOf(flags, at);
      } catch (error) {
        return error as { message: string; advice: string };
      }
    })();
    expect(problem).toMatchObject({ code: 'SHK_USAGE' });
    const said = 'message' in problem ? `${problem.message} ${problem.advice}` : '';
    expect(said).toContain(why);
    expect(said).not.toMatch(/secr[^e]|:secret is|ssss/);
  });
});

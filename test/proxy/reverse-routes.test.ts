import { describe, expect, it } from 'vitest';
import { parseReverse } from '../../src/control/reverse-target.js';
import { hostOf, pathOn, routeOf, routeText } from '../../src/proxy/reverse-routes.js';

const routes = parseReverse([
  '/api=http://api.test:4000',
  '/api/v2=wss://two.test',
  '/strip=ws://strip.test/',
  '/moved/=http://moved.test/base/',
  'ws://rest.test:3000',
]);
/** Which server gets it, and by which path. */
const led = (path: string, among = routes): string => {
  const route = routeOf(among, path);
  return route ? `${route.target.host} ${pathOn(route, path)}` : 'none';
};

describe('where a path goes', () => {
  it.each([
    ['/api', 'api.test /api'],
    ['/api/', 'api.test /api/'],
    ['/api/x?y=/z', 'api.test /api/x?y=/z'],
    ['/api?x', 'api.test /api?x'],
    ['/apix', 'rest.test /apix'],
    ['/API/x', 'rest.test /API/x'],
    ['/x/api', 'rest.test /x/api'],
    ['/%61pi', 'rest.test /%61pi'],
    ['/api/v2', 'two.test /api/v2'],
    ['/api/v2/chat', 'two.test /api/v2/chat'],
    ['/api/v22', 'api.test /api/v22'],
    ['/api/../strip', 'api.test /api/../strip'],
    ['/strip', 'strip.test /'],
    ['/strip?x', 'strip.test /?x'],
    ['/strip/', 'strip.test /'],
    ['/strip/chat', 'strip.test /chat'],
    ['/strip//chat', 'strip.test //chat'],
    ['/moved', 'moved.test /base'],
    ['/moved?x', 'moved.test /base?x'],
    ['/moved/chat', 'moved.test /base/chat'],
    ['/', 'rest.test /'],
    ['//', 'rest.test //'],
    ['*', 'rest.test *'],
  ])('%s: %s', (path, due) => {
    expect(led(path)).toBe(due);
  });

  it('is nowhere where no entry takes the rest', () => {
    const some = parseReverse(['/api=http://api.test']);
    expect(['/api', '/', '/apix', '*'].map((path) => led(path, some))).toEqual(['api.test /api', 'none', 'none', 'none']);
  });

  it('is behind the path of an entry for every path', () => {
    const based = parseReverse(['wss://echo.test/base/']);
    expect(['/', '/chat?x'].map((path) => led(path, based))).toEqual(['echo.test /base/', 'echo.test /base/chat?x']);
    expect(led('/chat', parseReverse(['wss://echo.test/']))).toBe('echo.test /chat');
  });

  it('does not depend on the order of the entries', () => {
    const turned = routes.toReversed();
    expect(['/api/v2/x', '/api/x', '/x'].map((path) => led(path, turned))).toEqual([
      'two.test /api/v2/x',
      'api.test /api/x',
      'rest.test /x',
    ]);
  });
});

describe('an entry', () => {
  it('says itself as it was given', () => {
    expect(routes.map(routeText)).toEqual([
      '/api to http://api.test:4000',
      '/api/v2 to wss://two.test',
      '/strip to ws://strip.test/',
      '/moved to http://moved.test/base',
      'ws://rest.test:3000',
    ]);
  });

  it.each([
    ['ws://a.test', 'a.test'],
    ['ws://a.test:443', 'a.test:443'],
    ['wss://a.test', 'a.test'],
    ['https://a.test:80', 'a.test:80'],
    ['http://[::1]', '[::1]'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('has the Host of its server: %s', (url, host) => {
    expect(parseReverse([url]).map(({ target }) => hostOf(target))).toEqual([host]);
  });

  it.each([
    [['api=http://a.test'], 'the prefix does not begin with a slash'],
    [['=http://a.test'], 'the prefix does not begin with a slash'],
    [['/a?b=http://a.test'], 'the prefix is no path'],
    [['/a b=http://a.test'], 'the prefix is no path'],
    [['/a='], 'there is no URL'],
    [['/a=b.test'], '"b.test" is no URL'],
    [['b.test'], '"b.test" is no URL'],
    [['/a=ftp://b.test'], 'takes ws, wss, http and https, not ftp'],
    [['http://u:p@b.test'], 'credentials in the URL'],
    [['http://b.test/?x=1'], 'no query'],
    [['http://b.test/#x'], 'no query and no fragment'],
    [['/a=http://b.test', '/a/=http://c.test'], 'there is another entry for /a'],
    [['http://b.test', '/=http://c.test'], 'only one entry can take every path'],
  ])('that is wrong is named: %j', (texts, why) => {
    expect(() => parseReverse(texts)).toThrow(why);
    expect(() => parseReverse(texts)).toThrow(JSON.stringify(texts.at(-1)));
  });
});

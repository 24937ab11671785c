import { describe, expect, it } from 'vitest';
import { type ArmoryChange, armedLimit, createArmory } from '../../src/faults/armory.js';
import { type Choice, parseChoice } from '../../src/faults/choice.js';

const open = () => {
  const changes: ArmoryChange[] = [];
  const armory = createArmory({ seed: 1, onChange: (change) => changes.push(change) });
  const keys = () => armory.list().map(({ choice }) => choice.key);
  const strike = (ordinal: number, stage: 'request' | 'response' = 'request') => {
    const struck = armory.forStage(stage, { ordinal, look: () => undefined }).map(({ choice }) => choice.key);
    for (const key of struck) armory.noteApplied(key, ordinal);
    return struck;
  };
  const told = () => changes.splice(0).map((change) => (change.type === 'armed' ? change.choice.key : `${change.key} ${change.why}`));
  return { armory, keys, strike, told };
};
const rule = (...texts: readonly string[]): readonly Choice[] => texts.map(parseChoice);
const [upgrade, origin, status] = [rule('drop-upgrade'), rule('wrong-origin'), rule('status')];

describe('the rules of a source that is read again', () => {
  it('come and go, while those that are the same keep their keys and their order is that of the source', () => {
    const { armory, keys, told } = open();
    expect(armory.replace('a.yaml', [upgrade, status])).toEqual({ kept: 0, added: 2, removed: 0 });
    expect(told()).toEqual(['drop-upgrade', 'status']);
    expect(armory.replace('a.yaml', [status, origin, upgrade])).toEqual({ kept: 2, added: 1, removed: 0 });
    expect([keys(), told()]).toEqual([['status', 'wrong-origin', 'drop-upgrade'], ['wrong-origin']]);
    expect(armory.replace('a.yaml', [origin])).toEqual({ kept: 1, added: 0, removed: 2 });
    expect([keys(), told()]).toEqual([['wrong-origin'], ['status reloaded', 'drop-upgrade reloaded']]);
    armory.replace('a.yaml', [origin, upgrade]);
    expect(keys()).toEqual(['wrong-origin', 'drop-upgrade.2']);
  });

  it('leave alone what was armed otherwise, before and behind them', () => {
    const { armory, keys, told } = open();
    armory.arm('drop-upgrade');
    armory.replace('a.yaml', [upgrade]);
    armory.arm('bad-cert');
    told();
    armory.replace('a.yaml', [status, upgrade]);
    expect([keys(), told()]).toEqual([['drop-upgrade', 'status', 'drop-upgrade.2', 'bad-cert'], ['status']]);
    armory.replace('a.yaml', []);
    expect(keys()).toEqual(['drop-upgrade', 'bad-cert']);
  });

  it('go on counting where they were', () => {
    const { armory, strike } = open();
    const third = rule('drop-upgrade:nth=3', 'status:nth=3');
    armory.replace('a.yaml', [third]);
    expect([strike(1), strike(2)]).toEqual([[], []]);
    armory.replace('a.yaml', [origin, third]);
    expect(strike(3)).toEqual(['wrong-origin', 'drop-upgrade']);
    armory.replace('a.yaml', [third, upgrade]);
    expect(strike(3, 'response')).toEqual(['status']);
  });

  it('stay spent, and stay disarmed by hand, as long as they are the same', () => {
    const { armory, keys, strike } = open();
    const once = rule('drop-upgrade:times=1');
    armory.replace('a.yaml', [once, status]);
    expect(strike(1)).toEqual(['drop-upgrade']);
    armory.forget(1);
    armory.disarm('status');
    expect(keys()).toEqual([]);
    expect(armory.replace('a.yaml', [once, status, origin])).toEqual({ kept: 2, added: 1, removed: 0 });
    expect(keys()).toEqual(['wrong-origin']);
    armory.replace('a.yaml', [rule('drop-upgrade:times=2'), status]);
    expect(keys()).toEqual(['drop-upgrade.2']);
  });

  it('may be there twice', () => {
    const { armory, keys } = open();
    armory.replace('a.yaml', [upgrade, upgrade]);
    expect(armory.replace('a.yaml', [upgrade])).toEqual({ kept: 1, added: 0, removed: 1 });
    expect(keys()).toEqual(['drop-upgrade']);
  });

  it('change nothing when one of them is wrong', () => {
    const { armory, keys, told } = open();
    armory.replace('a.yaml', [upgrade]);
    told();
    const wrong = { ...parseChoice('bad-cert'), match: 'path = /x' };
    expect(() => armory.replace('a.yaml', [status, [wrong]])).toThrow(
      'bad-cert: the match "path = /x" will not do: path is known from the stage http2 on, and the stage client-tls comes before it.',
    );
    expect(() =>
      armory.replace(
        'a.yaml',
        Array.from({ length: armedLimit + 1 }, () => status),
      ),
    ).toThrow(`0 faults are armed, ${armedLimit + 1} are to come, and ${armedLimit} can be armed at once.`);
    expect([keys(), told()]).toEqual([['drop-upgrade'], []]);
    expect(armory.replace('a.yaml', [upgrade])).toEqual({ kept: 1, added: 0, removed: 0 });
  });

  it('are told once to whoever has directions in hand', () => {
    const { armory } = open();
    let told = 0;
    armory.watch(() => told++);
    armory.replace('a.yaml', [upgrade, origin, status]);
    expect(told).toBe(1);
  });
});

describe('what could never apply is refused when it is armed', () => {
  it.each([
    ['drop-upgrade:nth=4,first=2', 'it would never apply: number 4 is not among the first 2.'],
    ['drop-upgrade:nth=4,every=3', 'it would never apply: number 4 is not among every 3.'],
    ['drop-upgrade:first=2,every=3', 'it would never apply: among the first 2 there is no number 3.'],
    ['drop-upgrade:after=5s,until=5s', 'it would never apply: until 5000 ms is over when after 5000 ms begins.'],
    ['proxy-auth:match=entrance = socks5', 'the match "entrance = socks5" will not do: it works on CONNECT only.'],
    ['h2-reset:match=not stream', 'it works on HTTP/2 only.'],
    ['status:match=finding = url.path', 'finding is not known while the traffic passes.'],
    ['drop-message:match=message ~ x', 'a rule decides about an exchange before its messages come'],
  ])('%s', (text, why) => {
    const { armory, keys } = open();
    expect(() => armory.arm(text)).toThrow(why);
    expect(keys()).toEqual([]);
  });

  it('by what is switched off', () => {
    const off = createArmory({ seed: 1, onChange: () => {}, ground: { http2: 'off' } });
    expect(() => off.arm('drop-upgrade:match=stream')).toThrow('HTTP/2 is off (--http2=off)');
    expect(() => off.arm('h2-reset')).toThrow('h2-reset: it works on HTTP/2 only, and HTTP/2 is off (--http2=off).');
    expect(off.arm('drop-upgrade:match=not stream').choice.match).toBe('not stream');
  });
});

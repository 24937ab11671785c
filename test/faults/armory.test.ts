import { describe, expect, it } from 'vitest';
import { type ArmoryChange, armedLimit, createArmory } from '../../src/faults/armory.js';

const newArmory = (seed = 42) => {
  const changes: ArmoryChange[] = [];
  return { armory: createArmory({ seed, onChange: (change) => changes.push(change) }), changes };
};
const exchanges = Array.from({ length: 200 }, (_, at) => at + 1);

describe('the armory', () => {
  it('has nothing for anyone while nothing is armed', () => {
    const { armory } = newArmory();
    expect(armory.list()).toEqual([]);
    expect(armory.forStage('request', { ordinal: 1, look: () => undefined })).toEqual([]);
  });

  it('hands each stage its choices, in the order of arming', () => {
    const { armory } = newArmory();
    for (const text of ['wrong-origin', 'bad-cert', 'drop-upgrade', 'wrong-origin:mode=drop']) armory.arm(text);
    const keys = (stage: 'request' | 'client-tls') =>
      armory.forStage(stage, { ordinal: 1, look: () => undefined }).map(({ choice }) => choice.key);
    expect(keys('request')).toEqual(['wrong-origin', 'drop-upgrade', 'wrong-origin.2']);
    expect(keys('client-tls')).toEqual(['bad-cert']);
  });

  it('tells of arming and disarming', () => {
    const { armory, changes } = newArmory();
    const { choice } = armory.arm('bad-cert:kind=sha1');
    armory.disarm('bad-cert');
    expect(choice).toEqual({ key: 'bad-cert', fault: 'bad-cert', params: { kind: 'sha1' }, probability: 1, times: null });
    expect(changes).toEqual([
      { type: 'armed', choice },
      { type: 'disarmed', key: 'bad-cert', why: 'asked' },
    ]);
    expect(armory.forStage('client-tls', { ordinal: 1, look: () => undefined })).toEqual([]);
  });

  it('arms nothing and says nothing when the text is wrong', () => {
    const { armory, changes } = newArmory();
    expect(() => armory.arm('bad-cert:kind=expird')).toThrow(/did you mean expired\?/);
    expect([armory.list(), changes]).toEqual([[], []]);
  });

  it('counts what was applied and disarms a choice whose times are spent', () => {
    const { armory, changes } = newArmory();
    armory.arm('drop-upgrade:times=2');
    armory.arm('wrong-origin');
    armory.noteApplied('drop-upgrade', 1);
    expect(armory.list().map(({ choice, applied }) => [choice.key, choice.times, applied])).toEqual([
      ['drop-upgrade', 1, 1],
      ['wrong-origin', null, 0],
    ]);
    armory.noteApplied('drop-upgrade', 2);
    armory.noteApplied('wrong-origin', 2);
    expect(armory.list().map(({ choice, applied }) => [choice.key, choice.times, applied])).toEqual([['wrong-origin', null, 1]]);
    expect(changes.at(-1)).toEqual({ type: 'disarmed', key: 'drop-upgrade', why: 'spent' });
  });

  it('does not charge the successor of a disarmed choice', () => {
    const { armory } = newArmory();
    armory.arm('drop-upgrade:times=1');
    armory.disarm('drop-upgrade');
    expect(armory.arm('drop-upgrade:times=1').choice.key).toBe('drop-upgrade.2');
    armory.noteApplied('drop-upgrade', 1);
    expect(armory.list()).toHaveLength(1);
  });

  it('names the nearest key when asked to disarm what is not armed', () => {
    const { armory } = newArmory();
    armory.arm('drop-upgrade');
    expect(() => armory.disarm('drop-upgrad')).toThrow(
      expect.objectContaining({ code: 'SHK_NOT_FOUND', message: 'No fault is armed as drop-upgrad; did you mean drop-upgrade?' }),
    );
    expect(() => armory.disarm('nothing')).toThrow('No fault is armed as nothing.');
  });

  it(`refuses more than ${armedLimit} at once`, () => {
    const { armory } = newArmory();
    for (let nth = 0; nth < armedLimit; nth++) armory.arm('drop-upgrade');
    expect(() => armory.arm('drop-upgrade')).toThrow(`${armedLimit} faults are armed, and ${armedLimit} can be armed at once.`);
    armory.disarm('drop-upgrade.7');
    expect(armory.arm('drop-upgrade').choice.key).toBe(`drop-upgrade.${armedLimit + 1}`);
  });
});

describe('chance', () => {
  const hits = (seed: number, order: readonly number[], ...texts: string[]) => {
    const { armory } = newArmory(seed);
    for (const text of texts) armory.arm(text);
    return new Map(
      order.map((exchange) => [
        exchange,
        armory.forStage('request', { ordinal: exchange, look: () => undefined }).map(({ choice }) => choice.key),
      ]),
    );
  };

  it('never strikes at 0, always at 1, and about as often as asked between', () => {
    const struck = (text: string) => [...hits(1, exchanges, text).values()].filter((keys) => keys.length > 0).length;
    expect(struck('drop-upgrade:probability=0')).toBe(0);
    expect(struck('drop-upgrade:probability=1')).toBe(exchanges.length);
    const third = struck('drop-upgrade:probability=0.3');
    // 60 expected; 32 is five standard deviations.
    expect(Math.abs(third - 60)).toBeLessThan(32);
  });

  it('strikes the same exchanges with the same seed, in whatever order they ask', () => {
    const texts = ['drop-upgrade:probability=0.5', 'wrong-origin:probability=0.5'];
    const forward = hits(42, exchanges, ...texts);
    const backward = hits(42, exchanges.toReversed(), ...texts);
    for (const exchange of exchanges) expect(backward.get(exchange)).toEqual(forward.get(exchange));
    expect(hits(43, exchanges, ...texts)).not.toEqual(forward);
  });

  it('strikes two choices independently of each other', () => {
    const both = [...hits(42, exchanges, 'drop-upgrade:probability=0.5', 'wrong-origin:probability=0.5').values()];
    expect(new Set(both.map((keys) => keys.join())).size).toBe(4);
  });

  it('gives each exchange randomness of its own for the fault, the same however often it is asked for', () => {
    const { armory } = newArmory();
    armory.arm('drop-upgrade');
    const first = (exchange: number) => armory.forStage('request', { ordinal: exchange, look: () => undefined })[0]?.random.next();
    expect(first(1)).toBe(first(1));
    expect(first(1)).not.toBe(first(2));
  });
});

import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/wire/nearest.js';

describe('the distance of two words', () => {
  it.each([
    ['', 'abc', 3],
    ['expird', 'expired', 1],
    ['exipred', 'expired', 1],
    ['same', 'same', 0],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %i edits apart', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
    expect(editDistance(other, one)).toBe(distance);
  });
});

describe('the nearest word', () => {
  const words = ['expired', 'not-yet-valid', 'no-san', 'no-eku', 'drop-upgrade'];
  it.each([
    ['expird', 'expired'],
    ['Expired', 'expired'],
    ['no-ekus', 'no-eku'],
    ['dropupgrade', 'drop-upgrade'],
    ['not-yet', 'not-yet-valid'],
    ['zzzzz', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%s means %s', (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  it('ends a sentence, or adds nothing', () => {
    expect(didYouMean('expird', words)).toBe('; did you mean expired?');
    expect(didYouMean('zzzzz', words)).toBe('');
  });
});

import { Problem, type ProblemCode, sentenceOf } from '../model/problem.js';
import type { CarriedProblem } from './worker-messages.js';

/** Any thrown value as plain data; what is no Problem of ours is a bug of ours. */
export const carry = (thrown: unknown): CarriedProblem =>
  thrown instanceof Problem
    ? { code: thrown.code, message: thrown.message, advice: thrown.advice }
    : { code: 'SHK_BUG', message: `shakedown has a bug: ${sentenceOf(thrown)}`, advice: 'Please report it with the recording.' };

export const uncarry = ({ code, message, advice }: CarriedProblem): Problem => new Problem(code as ProblemCode, message, advice);

import { STATUS_CODES } from 'node:http';
import { Problem, type ProblemCode, sentenceOf } from '../../model/problem.js';

/** What stands in the place of an answer (RFC 9457), with the code, the sentence and the advice of a Problem. */
export interface ProblemBody {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

const statuses: Partial<Readonly<Record<ProblemCode, number>>> = {
  SHK_USAGE: 400,
  SHK_FAULT: 400,
  SHK_NOT_FOUND: 404,
  SHK_STATE: 409,
  SHK_REPLAY: 502,
};

export const problemBody = (
  status: number,
  said: { readonly code: string; readonly message: string; readonly advice: string },
): ProblemBody => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Problem',
  status,
  ...said,
});

/** A request that is not served as it stands. */
export class RequestProblem extends Problem {
  constructor(
    readonly status: number,
    message: string,
    advice: string,
  ) {
    super(status === 404 ? 'SHK_NOT_FOUND' : 'SHK_USAGE', message, advice);
  }
}

/** A path that takes other methods. */
export class MethodProblem extends RequestProblem {
  constructor(readonly methods: string) {
    super(405, `This path takes ${methods} only.`, 'GET /v1/openapi.json lists what there is.');
  }
}

/** Whatever was thrown, as an answer. What is no Problem of ours is a bug of ours. */
export const problemOf = (thrown: unknown): ProblemBody => {
  if (!(thrown instanceof Problem)) {
    const message = `shakedown has a bug: ${sentenceOf(thrown)}`;
    return problemBody(500, { code: 'SHK_BUG', message, advice: 'Please report it with the recording.' });
  }
  const { code, message, advice } = thrown;
  const status = thrown instanceof RequestProblem ? thrown.status : (statuses[code] ?? 500);
  return problemBody(status, { code, message, advice });
};

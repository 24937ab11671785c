import type { Experiment } from './experiment.js';
import { noOrigin, ownOriginToo } from './origin.js';
import { otherPaths } from './path.js';
import { plainGet } from './plain.js';

/** In the order in which they are made: what costs the server least and tells most comes first. */
export const experiments: readonly Experiment[] = [noOrigin, ownOriginToo, plainGet, otherPaths];

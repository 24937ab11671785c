import type { Scene } from '../support/scene.js';
import { acceptAndEntrance } from './accept-and-entrance.js';
import { answerHeads } from './answer-heads.js';
import { bytes } from './bytes.js';
import { clientTls } from './client-tls.js';
import { frames } from './frames.js';
import { http2 } from './http2.js';
import { messages } from './messages.js';
import { request } from './request.js';
import { response } from './response.js';
import { serverLeg } from './server-leg.js';

/** Scenes of all families; a fault that is not here plays in the usual one. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...acceptAndEntrance,
  ...answerHeads,
  ...bytes,
  ...clientTls,
  ...frames,
  ...http2,
  ...messages,
  ...request,
  ...response,
  ...serverLeg,
};

// Written by `npm run generate`; do not edit.
import { fault as badCert } from './client-tls/bad-cert.js';
import { fault as dropUpgrade } from './request/drop-upgrade.js';
import { fault as wrongOrigin } from './request/wrong-origin.js';
import { fault as stallAnswer } from './response/stall-answer.js';
import { fault as status } from './response/status.js';
import type { Fault } from './fault.js';

export const faults: readonly Fault[] = [
  badCert,
  dropUpgrade,
  wrongOrigin,
  stallAnswer,
  status,
];

import { Problem } from '../model/problem.js';
import type { Target } from '../model/target.js';

/** The URL of reverse mode as a target. Throws a Problem (SHK_USAGE). */
export const parseReverse = (text: string): Target => {
  const advice = 'Example: --reverse ws://127.0.0.1:3000';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Problem('SHK_USAGE', `--reverse ${JSON.stringify(text)} is no URL.`, advice);
  }
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'ws' && scheme !== 'wss' && scheme !== 'http' && scheme !== 'https') {
    throw new Problem('SHK_USAGE', `--reverse takes ws, wss, http and https, not ${scheme}.`, advice);
  }
  const secure = scheme === 'wss' || scheme === 'https';
  return {
    scheme,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname,
  };
};

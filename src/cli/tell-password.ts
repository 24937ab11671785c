import type { EngineInfo } from '../control/control.js';

/** A password that was made for this run is told once, to the person who started it: it is in no event, so in no recording. */
export const tellPassword = ({ lan }: Pick<EngineInfo, 'lan'>): void => {
  if (!lan || lan.password === null) return;
  process.stderr.write(
    `shakedown: other machines use the proxy with the user ${lan.user} and the password ${lan.password}, made for this run.\n`,
  );
};

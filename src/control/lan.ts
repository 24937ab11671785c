import { authorityOf } from '../model/target.js';
import type { Access } from '../proxy/access/access.js';
import { userinfo } from '../proxy/access/credentials.js';

/** What the port is to other machines. */
export interface LanInfo {
  /** `0.0.0.0:8101`. */
  readonly at: string;
  readonly user: string;
  /** Null when the user chose it, and so knows it. */
  readonly password: string | null;
  /** As given with `--allow-from`. */
  readonly from: readonly string[];
  readonly privateTargets: boolean;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** A host that a client on this machine can connect to: `0.0.0.0` and `::` are every address, and none. */
export const reachableHost = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);

/** The URL of the proxy for a client on this machine, without credentials. */
export const proxyUrl = ({ host, port }: Listening): string => `http://${authorityOf({ host: reachableHost(host), port })}`;

/** The same with the credentials where clients of this machine need them too. */
export const usableUrl = (at: Listening, { credentials, askAll }: Access): string =>
  credentials && askAll ? proxyUrl(at).replace('//', `//${userinfo(credentials)}`) : proxyUrl(at);

export const lanOf = (at: Listening, { lan, credentials, askAll, from, privateTargets }: Access): LanInfo | null =>
  lan && credentials
    ? { at: authorityOf(at), user: credentials.user, password: askAll ? null : credentials.password, from, privateTargets }
    : null;

/** What the user is warned of for as long as it lasts. No password: the notice is recorded. */
export const lanWarning = ({ at, from, privateTargets }: LanInfo): string =>
  [
    `shakedown listens beyond this machine, on ${at}: whoever has its password can use it`,
    from.length > 0 ? `, from ${from.join(', ')} only` : '',
    privateTargets ? ', and reach what listens on this machine and its network through it' : '',
    '. What they send is recorded here.',
  ].join('');

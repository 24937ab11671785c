import { randomBytes } from 'node:crypto';
import type { Argv } from 'yargs';
import { Problem } from '../model/problem.js';
import { type Access, type Credentials, loopbackOnly } from '../proxy/access/access.js';
import { readNetwork } from '../proxy/access/addresses.js';
import { isLoopback } from './loopback.js';

type Repeatable = string | readonly string[] | undefined;

export interface AccessFlags {
  readonly allowLan?: Repeatable;
  readonly proxyAuth?: Repeatable;
  readonly allowFrom?: Repeatable;
}

/** Preferred to the flag: other users of the machine can read the arguments of a process, not its environment. */
export const proxyAuthVariable = 'SHAKEDOWN_PROXY_AUTH';

/** The flags about who may come in. */
export const accessFlags = <T>(args: Argv<T>) =>
  args
    .option('allow-lan', {
      type: 'string',
      describe:
        'let --host be an address that other machines reach; they need credentials, and =private lets them reach private addresses through here',
    })
    .option('proxy-auth', {
      type: 'string',
      requiresArg: true,
      describe: `USER:PASSWORD that every client must give; better in ${proxyAuthVariable}, since other users see the arguments of a process`,
    })
    .option('allow-from', {
      type: 'string',
      requiresArg: true,
      describe: 'with --allow-lan: address or network (192.168.1.0/24) of the other machines that are let in at all; repeatable',
    });

const many = (value: Repeatable): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

const lanOf = (value: Repeatable): 'no' | 'yes' | 'private' => {
  const all = many(value);
  const odd = all.find((word) => word !== '' && word !== 'private');
  if (odd !== undefined) {
    throw new Problem(
      'SHK_USAGE',
      `--allow-lan takes no value but =private, not ${JSON.stringify(odd)}.`,
      'Example: --host 0.0.0.0 --allow-lan',
    );
  }
  return all.length === 0 ? 'no' : all.includes('private') ? 'private' : 'yes';
};

/** What a SOCKS5 client can say (RFC 1929), and every client spells alike (RFC 7617 section 2). */
const isSayable = (text: string): boolean => /^[\x20-\x7e]{1,255}$/.test(text);

/** Never repeats the text: it is a secret. */
const credentialsOf = (where: string, text: string): Credentials => {
  const colon = text.indexOf(':');
  const credentials = { user: text.slice(0, colon), password: text.slice(colon + 1) };
  if (colon < 1) throw new Problem('SHK_USAGE', `${where} is no USER:PASSWORD.`, `Example: ${proxyAuthVariable}=me:secret shakedown start`);
  if (!isSayable(credentials.user) || !isSayable(credentials.password)) {
    throw new Problem(
      'SHK_USAGE',
      `${where} holds a user name or a password that is not 1 to 255 characters of ASCII.`,
      'Choose plain letters, digits and signs.',
    );
  }
  return credentials;
};

const chosen = (value: Repeatable, fromEnvironment: string | undefined): Credentials | null => {
  const all = many(value);
  if (all.length > 1) throw new Problem('SHK_USAGE', `--proxy-auth was given ${all.length} times.`, 'Give it once.');
  if (all[0] !== undefined) return credentialsOf('--proxy-auth', all[0]);
  return fromEnvironment === undefined || fromEnvironment === '' ? null : credentialsOf(proxyAuthVariable, fromEnvironment);
};

/** 128 bits. */
const drawPassword = (): string => randomBytes(16).toString('base64url');

/** The flags as who may come in. Throws a Problem (SHK_USAGE) that names the flag. */
export const accessOf = (
  flags: AccessFlags,
  { host, proxyAuth }: { readonly host: string; readonly proxyAuth: string | undefined },
): Access => {
  const allowed = lanOf(flags.allowLan);
  const from = many(flags.allowFrom);
  const lan = !isLoopback(host);
  if (lan && allowed === 'no') {
    throw new Problem(
      'SHK_USAGE',
      `--host ${host} is not loopback: every machine that reaches it could use this proxy.`,
      'Take 127.0.0.1, ::1 or localhost; or add --allow-lan, with which other machines need a password.',
    );
  }
  const odd = from.find((text) => readNetwork(text) === null);
  if (odd !== undefined) {
    throw new Problem(
      'SHK_USAGE',
      `--allow-from ${JSON.stringify(odd)} is no address and no network.`,
      'Example: --allow-from 192.168.1.0/24',
    );
  }
  if (from.length > 0 && !lan) {
    throw new Problem(
      'SHK_USAGE',
      `--allow-from is about other machines, and none reaches --host ${host}.`,
      'Example: --host 0.0.0.0 --allow-lan --allow-from 192.168.1.0/24',
    );
  }
  const credentials = chosen(flags.proxyAuth, proxyAuth);
  if (!lan) return { ...loopbackOnly, credentials, askAll: credentials !== null };
  return {
    lan,
    credentials: credentials ?? { user: 'shakedown', password: drawPassword() },
    askAll: credentials !== null,
    from,
    privateTargets: allowed === 'private',
  };
};

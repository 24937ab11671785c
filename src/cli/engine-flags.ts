import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { dataFolder } from '../authority/data-folder.js';
import { hidesNothing } from '../control/hiding.js';
import { type ControlPort, defaultControlPort } from '../control/http/control-port.js';
import type { EngineOptions } from '../control/options.js';
import { parseReverse } from '../control/reverse-target.js';
import { parseWayOut } from '../control/way-out.js';
import { Problem } from '../model/problem.js';
import { http2Modes } from '../proxy/river.js';
import { type AccessFlags, accessFlags, accessOf, proxyAuthVariable } from './access-flags.js';
import { type BoundsFlags, boundsFlags, boundsOf } from './bounds-flags.js';
import { type TlsFlags, tlsFlags, tlsOptions } from './tls-flags.js';
import { type WayOutFlags, wayOutFlags } from './way-out-flags.js';

/** The flags that start an engine, shared by every command that does. */
export const engineFlags = <T>(args: Argv<T>) =>
  boundsFlags(tlsFlags(wayOutFlags(accessFlags(args))))
    .option('host', {
      type: 'string',
      requiresArg: true,
      default: '127.0.0.1',
      describe: 'address to listen on; one that is not loopback needs --allow-lan',
    })
    .option('port', { type: 'string', requiresArg: true, default: '8101', describe: 'port to listen on; 0 picks a free one' })
    .option('reverse', {
      type: 'string',
      requiresArg: true,
      describe:
        'reverse mode: requests sent straight to the port go to this URL (ws, wss, http, https), or with /prefix=URL those under a path; repeatable, the longest prefix wins',
    })
    .option('keep-host', { type: 'boolean', default: false, describe: "reverse mode: keep the client's Host field" })
    .option('fault', {
      type: 'string',
      requiresArg: true,
      describe:
        'arm a fault: ID[:key=value,...], for every exchange or for those that match=FILTER, nth, first, every, after, until, times or probability say; repeatable, see `shakedown faults`',
    })
    .option('rules', {
      type: 'string',
      requiresArg: true,
      describe: 'YAML file of rules that say which exchanges get which faults; read again when it changes',
    })
    .option('scenario', {
      type: 'string',
      requiresArg: true,
      describe: 'arm a named bundle of faults; repeatable, see `shakedown faults --scenarios`',
    })
    .option('seed', { type: 'string', requiresArg: true, describe: 'seed of all randomness of faults; one is drawn and told otherwise' })
    .option('record', {
      type: 'string',
      requiresArg: true,
      describe: 'file of the recording (default: a new one in the data folder); --no-record keeps it in memory',
    })
    .option('lenient', { type: 'boolean', default: false, describe: 'forward request heads with two meanings instead of refusing them' })
    .option('http2', {
      type: 'string',
      requiresArg: true,
      default: 'mirror',
      describe: 'HTTP/2: off; mirror, where client and server both speak it; force, also where only one does',
    })
    .option('insecure', {
      type: 'string',
      describe: "accept a server's bad certificate, of every host or of --insecure=HOST; still a finding",
    })
    .option('upstream-ca', { type: 'string', requiresArg: true, describe: 'PEM file with further CAs to trust on the server leg' })
    .option('control', {
      type: 'string',
      requiresArg: true,
      describe: `port of the control API on 127.0.0.1 (default: ${defaultControlPort} where it is free); 0 picks a free one; --no-control: none`,
    })
    .option('ca-dir', { type: 'string', requiresArg: true, describe: "folder of shakedown's own CA (default: in the data folder)" });

export interface EngineFlags extends AccessFlags, WayOutFlags, TlsFlags, BoundsFlags {
  readonly host: string;
  readonly port: string;
  readonly reverse?: string | readonly string[] | undefined;
  readonly keepHost?: boolean;
  readonly fault?: string | readonly string[] | undefined;
  readonly rules?: string | undefined;
  readonly scenario?: string | readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly record?: string | false | undefined;
  readonly http2?: string;
  readonly lenient?: boolean;
  readonly insecure?: string | readonly string[] | undefined;
  readonly upstreamCa?: string | undefined;
  readonly caDir?: string | undefined;
  readonly control?: string | false | undefined;
}

/** Flags as an engine's options. Throws a Problem (SHK_USAGE) that names the flag. */
export const engineOptions = (flags: EngineFlags): EngineOptions => {
  const host = one('host', flags.host) ?? '127.0.0.1';
  const record = one('record', flags.record);
  return {
    host,
    port: wholeNumber('port', one('port', flags.port) ?? '8101', 65_535),
    reverse: parseReverse(many(flags.reverse)),
    keepHost: flags.keepHost ?? false,
    faults: many(flags.fault),
    scenarios: many(flags.scenario),
    rules: flags.rules === undefined ? null : resolve(one('rules', flags.rules) ?? ''),
    seed: flags.seed === undefined ? null : wholeNumber('seed', one('seed', flags.seed) ?? '', 2 ** 53 - 1),
    record: record === false ? { type: 'memory' } : record === undefined ? { type: 'default' } : { type: 'file', path: resolve(record) },
    bounds: boundsOf(flags),
    insecure: many(flags.insecure).map((name) => (name === '' ? '*' : name)),
    upstreamCa: flags.upstreamCa === undefined ? null : resolve(one('upstream-ca', flags.upstreamCa) ?? ''),
    http2: oneOf('http2', one('http2', flags.http2) ?? 'mirror', http2Modes),
    lenient: flags.lenient ?? false,
    hiding: hidesNothing,
    access: accessOf(flags, { host, proxyAuth: process.env[proxyAuthVariable] }),
    out: parseWayOut({
      upstreamProxy: one('upstream-proxy', flags.upstreamProxy),
      noProxy: many(flags.noProxy),
      resolve: many(flags.resolve),
    }),
    tls: tlsOptions(flags),
    control: controlOf(one('control', flags.control)),
    caDir: flags.caDir === undefined ? null : resolve(one('ca-dir', flags.caDir) ?? ''),
    dataFolder: userDataFolder(),
  };
};

/** The default port is given up where another process has it; one that was asked for is not. */
const controlOf = (flag: string | false | undefined): ControlPort | null => {
  if (flag === false) return null;
  return flag === undefined
    ? { port: defaultControlPort, required: false }
    : { port: wholeNumber('control', flag, 65_535), required: true };
};

/** For a guest of ours on this machine, which would have to be told the password: whoever comes by loopback is let in without. */
export const withoutPassword = (options: EngineOptions): EngineOptions => {
  const { access } = options;
  if (access.lan && access.askAll)
    throw new Problem(
      'SHK_USAGE',
      'A password of your own cannot be asked of what is started here.',
      `Leave --proxy-auth and ${proxyAuthVariable} out: other machines get one that is drawn.`,
    );
  return { ...options, access: { ...access, askAll: false } };
};

export const userDataFolder = (): string => dataFolder({ platform: process.platform, env: process.env, home: homedir() });

const many = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** yargs makes an array of a flag that is given twice. */
export const one = <T>(flag: string, value: T): T => {
  if (Array.isArray(value)) throw new Problem('SHK_USAGE', `--${flag} was given ${value.length} times.`, 'Give it once.');
  return value;
};

const oneOf = <T extends string>(flag: string, word: string, words: readonly T[]): T => {
  const known = words.find((own) => own === word);
  if (known === undefined)
    throw new Problem('SHK_USAGE', `--${flag} ${JSON.stringify(word)} is none of ${words.join(', ')}.`, `Example: --${flag}=${words[0]}`);
  return known;
};

export const wholeNumber = (flag: string, text: string, most: number): number => {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= most))
    throw new Problem(
      'SHK_USAGE',
      `--${flag} ${JSON.stringify(text)} is no whole number from 0 to ${most}.`,
      `Example: --${flag} ${flag === 'port' ? 8101 : 42}`,
    );
  return number;
};

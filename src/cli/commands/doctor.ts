import type { CommandModule } from 'yargs';
import { Problem } from '../../model/problem.js';
import { exitCodes } from '../exit-code.js';
import { createOutput } from '../output.js';

interface DoctorFlags {
  readonly url: string;
  readonly origin?: string | undefined;
  readonly protocol?: string | readonly string[] | undefined;
  readonly header?: string | readonly string[] | undefined;
  readonly proxy?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly http2?: boolean | undefined;
  readonly timeout: string;
  readonly hold: string;
  readonly json?: boolean | undefined;
}

export const doctor: CommandModule<object, DoctorFlags> = {
  command: 'doctor <url>',
  describe: 'connects by itself, without a client, and says what is wrong, why, and how to mend it',
  builder: (args) =>
    args
      .positional('url', { type: 'string', demandOption: true, describe: 'ws:// or wss://' })
      .option('origin', { type: 'string', requiresArg: true, describe: 'the Origin of the page, as the browser sends it' })
      .option('protocol', { type: 'string', requiresArg: true, describe: 'a subprotocol to offer; repeatable' })
      .option('header', { type: 'string', requiresArg: true, describe: "a field of the request, 'Name: value'; repeatable" })
      .option('proxy', {
        type: 'string',
        requiresArg: true,
        describe: 'go through this proxy: http, https or socks5 URL, credentials in it',
      })
      .option('ca', { type: 'string', requiresArg: true, describe: 'PEM file with further CAs to trust' })
      .option('insecure', { type: 'boolean', default: false, describe: 'go on with a bad certificate; it is still a finding' })
      .option('http2', { type: 'boolean', default: false, describe: 'try extended CONNECT (RFC 8441) where the server speaks HTTP/2' })
      .option('timeout', { type: 'string', default: '10s', requiresArg: true, describe: 'for everything' })
      .option('hold', { type: 'string', default: '1500ms', requiresArg: true, describe: 'how long to watch the WebSocket after the 101' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .example('$0 doctor wss://app.example/chat', 'what is wrong with it, if anything')
      .example('$0 doctor wss://app.example/chat --origin https://www.example', 'as a page of that origin would ask')
      .example('$0 doctor ws://app.example/ --proxy http://user:pass@proxy:3128', 'through a proxy, and around it'),
  handler: async (flags) => {
    const output = createOutput({ colour: false });
    const { doctor: examine } = await import('../../control/doctor.js');
    const report = await examine({
      url: flags.url,
      origin: flags.origin ?? null,
      protocols: [flags.protocol ?? []].flat(),
      headers: [flags.header ?? []].flat().map(headerOf),
      proxy: flags.proxy ?? null,
      ca: flags.ca ?? null,
      insecure: flags.insecure ?? false,
      http2: flags.http2 ?? false,
      timeoutMs: durationOf('timeout', flags.timeout),
      holdMs: durationOf('hold', flags.hold),
    });
    output.line(JSON.stringify(report));
    process.exitCode = report.ok ? exitCodes.ok : exitCodes.failed;
  },
};

/** A field as curl takes it. */
const headerOf = (text: string): readonly [string, string] => {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(text);
  if (match) return [match[1] ?? '', (match[2] ?? '').trimEnd()];
  throw new Problem('SHK_USAGE', `--header ${JSON.stringify(text)} is no field.`, "Example: --header 'Cookie: session=1'");
};

const durationOf = (flag: string, text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text);
  // A bare number is milliseconds, but seconds where it could be nothing else.
  const value = match
    ? Number(match[1]) * (match[2] === 's' || (match[2] === undefined && flag === 'timeout' && Number(match[1]) < 600) ? 1000 : 1)
    : Number.NaN;
  if (value > 0 && value <= 600_000) return Math.round(value);
  throw new Problem('SHK_USAGE', `--${flag} ${JSON.stringify(text)} is no time.`, `Example: --${flag} 5s, or 1500ms; at most 600s`);
};

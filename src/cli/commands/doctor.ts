import type { CommandModule } from 'yargs';
import { Problem } from '../../model/problem.js';
import { readTime } from '../doctor-times.js';
import { watchDoctor } from '../doctor-watch.js';
import { exitCodes } from '../exit-code.js';
import { createOutput, wantsColour } from '../output.js';

interface DoctorFlags {
  readonly url: string;
  readonly origin?: string | undefined;
  readonly protocol?: string | readonly string[] | undefined;
  readonly header?: string | readonly string[] | undefined;
  readonly proxy?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly http2?: boolean | undefined;
  readonly timeout?: string | undefined;
  readonly hold?: string | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
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
      .option('timeout', {
        type: 'string',
        requiresArg: true,
        describe: 'for everything: 5s, 800ms; a bare number up to 120 is seconds, above that milliseconds',
        defaultDescription: '10 s',
      })
      .option('hold', {
        type: 'string',
        requiresArg: true,
        describe: 'how long to watch the WebSocket after the 101: 3s, 500ms; a bare number is milliseconds',
        defaultDescription: '1500 ms',
      })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .example('$0 doctor wss://app.example/chat', 'what is wrong with it, if anything')
      .example('$0 doctor wss://app.example/chat --origin https://app.example', 'as a page of app.example would open it')
      .example('$0 doctor ws://app.example/ --proxy http://user:pass@proxy:3128', 'through a proxy, and around it'),
  handler: async (flags) => {
    const asked = {
      url: flags.url,
      origin: once('origin', flags.origin) ?? null,
      protocols: [flags.protocol ?? []].flat().map(protocolOf),
      headers: [flags.header ?? []].flat().map(headerOf),
      proxy: once('proxy', flags.proxy) ?? null,
      ca: once('ca', flags.ca) ?? null,
      insecure: flags.insecure ?? false,
      http2: flags.http2 ?? false,
    };
    const given = timesGiven(flags);
    const colour = wantsColour(flags.color);
    const output = createOutput({ colour });
    const watch = watchDoctor({ quiet: flags.json === true });
    const interrupted = interruptions();
    try {
      const { doctor: examine, timesOf } = await import('../../control/doctor.js');
      const { timeoutMs, holdMs } = timesOf(given);
      // Somebody has waited since the process began.
      const left = Math.max(timeoutMs - performance.now(), timeoutMs * 0.6, holdMs + 100);
      const report = await examine({ ...asked, timeoutMs: Math.round(left), holdMs, signal: interrupted.signal }, watch.news);
      watch.end();
      output.line(flags.json ? JSON.stringify(report) : await asText(report, colour));
      process.exitCode = report.ok ? exitCodes.ok : exitCodes.failed;
    } catch (thrown) {
      watch.end();
      if (!interrupted.signal.aborted) throw thrown;
      process.exitCode = interrupted.code();
    }
    // What an engine that hangs, or a resolver, still keeps open is nobody's concern any more.
    setTimeout(() => process.exit(), lingerMs).unref();
  },
};

const lingerMs = 250;

const asText = async (report: Awaited<ReturnType<typeof import('../../control/doctor.js').doctor>>, colour: boolean): Promise<string> => {
  const [{ doctorStory }, { ansi }] = await Promise.all([import('../../views/doctor-story.js'), import('../../views/lines/ansi.js')]);
  const width = Math.max(40, Math.min(process.stdout.columns ?? 80, 100));
  return doctorStory(report, width)
    .map((line) => ansi(line, colour))
    .join('\n');
};

/** Ctrl-C and its like ask for an end, with the temporary folder gone; a second one is obeyed at once. */
const interruptions = (): { readonly signal: AbortSignal; readonly code: () => number } => {
  const asked = new AbortController();
  let code: number = exitCodes.interrupted;
  const end = (wanted: number) => () => {
    if (asked.signal.aborted) process.exit(wanted);
    code = wanted;
    asked.abort();
  };
  process.on('SIGINT', end(exitCodes.interrupted));
  process.on('SIGTERM', end(exitCodes.terminated));
  process.on('SIGHUP', end(exitCodes.terminated));
  return { signal: asked.signal, code: () => code };
};

const timesGiven = ({ timeout, hold }: DoctorFlags): { readonly timeoutMs?: number; readonly holdMs?: number } => {
  const holdText = once('hold', hold);
  const timeoutText = once('timeout', timeout);
  const timeoutMs = timeoutText === undefined ? undefined : readTime('timeout', timeoutText, { bareSeconds: true, least: 100 });
  const holdMs = holdText === undefined ? undefined : readTime('hold', holdText, { bareSeconds: false, least: 0 });
  return { ...(timeoutMs !== undefined && { timeoutMs }), ...(holdMs !== undefined && { holdMs }) };
};

/** yargs makes a list of a flag that was given twice. */
const once = (flag: string, value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new Problem('SHK_USAGE', `--${flag} was given ${value.length} times.`, 'Give it once.');
  return String(value);
};

/** RFC 6455 section 4.1: a token. */
const protocolOf = (text: string): string => {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)) return text;
  throw new Problem(
    'SHK_USAGE',
    `--protocol ${JSON.stringify(text)} is no subprotocol: it is one word.`,
    'Example: --protocol graphql-transport-ws',
  );
};

/** A field as curl takes it. */
const headerOf = (text: string): readonly [string, string] => {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(text);
  if (match) return [match[1] ?? '', (match[2] ?? '').trimEnd()];
  throw new Problem('SHK_USAGE', `--header ${JSON.stringify(text)} is no field.`, "Example: --header 'Cookie: session=1'");
};

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../../support/find.js';
import type { Seen } from './capture.js';

const run = promisify(execFile);

/** Wireshark's programs, or why there are none. */
export const found = { tshark: findProgram('tshark'), capinfos: findProgram('capinfos'), reordercap: findProgram('reordercap') };

const pathOf = (program: keyof typeof found): string => {
  const one = found[program];
  if ('missing' in one) throw new Error(one.missing);
  return one.path;
};

export const runProgram = async (program: keyof typeof found, ...args: readonly string[]): Promise<string> => {
  const { stdout } = await run(pathOf(program), args, {
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  return stdout;
};

/** The rows of these fields of the packets that fit the filter. Nothing but the name of the file is told: no port, no protocol. */
export const rows = async (file: string, filter: string, ...fields: readonly string[]): Promise<string[][]> => {
  const asked = fields.flatMap((field) => ['-e', field]);
  const text = await runProgram('tshark', '-r', file, '-Y', filter, '-T', 'fields', '-E', 'aggregator=|', ...asked);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
};

const checked = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
const bad = [
  '_ws.malformed',
  'tcp.analysis.out_of_order',
  'tcp.analysis.retransmission',
  'tcp.analysis.fast_retransmission',
  'tcp.analysis.spurious_retransmission',
  'tcp.analysis.duplicate_ack',
  'tcp.analysis.window_full',
  'tcp.analysis.reused_ports',
  'tcp.checksum.status != 1',
  'ip.checksum.status != 1',
].join(' || ');

const hole = 'tcp.analysis.lost_segment';

/**
 * What is wrong with these packets, as tshark's own lines (nothing, when we write well), and the TCP streams in which it misses some, once for each
 * hole (none, where no byte is missing).
 */
export const faultsOf = async (file: string): Promise<{ readonly bad: string[]; readonly holes: number[] }> => {
  const fields = ['-e', 'tcp.stream', '-e', hole, '-e', '_ws.col.Info'];
  const text = await runProgram('tshark', ...checked, '-r', file, '-Y', `${bad} || ${hole}`, '-T', 'fields', ...fields);
  const lines = text.split('\n').slice(0, -1);
  const isHole = (line: string): boolean => line.split('\t')[1] !== '';
  return { bad: lines.filter((line) => !isHole(line)), holes: lines.filter(isHole).map((line) => Number(line.split('\t')[0])) };
};

type Value = string | Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, Value>>;
interface Packet {
  readonly _source: {
    readonly layers: {
      readonly frame: Fields;
      readonly tcp: Fields;
      readonly websocket: Fields | readonly Fields[];
    };
  };
}

/** The frames of one TCP stream as tshark reads them. */
export interface Stream {
  readonly leg: string;
  readonly frames: Seen[];
  /** Texts, inflated, of messages that have any. */
  readonly texts: string[];
}

const seenOf = (fields: Fields): Seen => {
  const number = (name: string): number => Number(fields[`websocket.${name}`] ?? Number.NaN);
  const [short, middle, long] = [number('payload_length'), number('payload_length_ext_16'), number('payload_length_ext_64')];
  return {
    opcode: number('opcode'),
    fin: number('fin') === 1,
    rsv: number('rsv'),
    masked: number('mask') === 1,
    length: short === 126 ? middle : short === 127 ? long : short,
  };
};

/** Every TCP stream with WebSocket frames, in the order in which the streams begin. */
export const webSockets = async (file: string): Promise<Stream[]> => {
  const text = await runProgram('tshark', '-r', file, '-Y', 'websocket', '-T', 'json', '--no-duplicate-keys', '-J', 'frame tcp websocket');
  const streams = new Map<number, Stream>();
  for (const { _source } of JSON.parse(text) as Packet[]) {
    const { frame, tcp, websocket } = _source.layers;
    const number = Number(tcp['tcp.stream']);
    const known = streams.get(number) ?? { leg: frame['frame.interface_id'] === '0' ? 'client' : 'server', frames: [], texts: [] };
    streams.set(number, known);
    for (const fields of Array.isArray(websocket) ? (websocket as Fields[]) : [websocket as Fields]) {
      known.frames.push(seenOf(fields));
      const payload = fields['websocket.payload'];
      const said = typeof payload === 'object' ? payload['websocket.payload.text'] : undefined;
      if (typeof said === 'string') known.texts.push(said);
    }
  }
  return [...streams].sort(([one], [other]) => one - other).map(([, stream]) => stream);
};

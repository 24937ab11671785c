import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { within } from '../../proxy/support/deadline.js';

export interface Capture {
  /** Waits until everything that crossed so far is in the file, and ends the capture. */
  stop(): Promise<void>;
}

/**
 * Captures what these ports on loopback say and hear, with tshark, into a file; or tells why this user may not. `probe` is one of the ports, whose server
 * bears a connection that says nothing: such connections tell when the capture has begun, and when it has caught up.
 */
export const startCapture = async (
  tshark: string,
  { file, ports, probe }: { readonly file: string; readonly ports: readonly number[]; readonly probe: number },
): Promise<Capture | { readonly why: string }> => {
  const filter = ports.map((port) => `tcp port ${port}`).join(' or ');
  const args = ['-i', 'lo', '-f', filter, '-w', file, '-P', '-l', '-n', '-T', 'fields', '-e', 'tcp.srcport'];
  const child = spawn(tshark, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'close');
  let ended = false;
  let said = '';
  let seen = '';
  let look = (): void => {};
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text) => {
    seen += text;
    look();
  });
  void gone.then(() => {
    ended = true;
    look();
  });
  const knock = async (): Promise<number> => {
    const socket = connect(probe, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    const { localPort = 0 } = socket;
    socket.destroy();
    return localPort;
  };
  const until = (there: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => (there() || ended) && resolve();
      look();
    });
  const knocking = setInterval(knock, 250);
  await within(
    until(() => seen !== ''),
    () => `tshark captures nothing: ${said}`,
    20_000,
  ).finally(() => clearInterval(knocking));
  if (ended) return { why: said.trim() };
  return {
    stop: async () => {
      const last = await knock();
      await within(
        until(() => seen.split('\n').includes(String(last))),
        () => 'tshark does not catch up',
        20_000,
      );
      child.kill('SIGINT');
      await within(gone, () => 'tshark does not end', 20_000);
    },
  };
};

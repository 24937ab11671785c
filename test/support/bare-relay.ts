import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface BareRelay extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
}

/** scripts/bare-relay.mjs in a process of its own: a proxy that knows CONNECT and nothing else. */
export const startBareRelay = async (): Promise<BareRelay> => {
  const script = join(import.meta.dirname, '../../scripts/bare-relay.mjs');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const port = Number(/:(\d+)\s*$/.exec(String(line))?.[1]);
  const close = async () => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, port, [Symbol.asyncDispose]: close };
};

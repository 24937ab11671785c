import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { type House, startHouse } from '../../proxy/support/house.js';

/** A house with a control API, and a client for it. */
export interface ControlHouse extends AsyncDisposable {
  readonly house: House;
  readonly port: number;
  readonly token: string;
  ask(method: string, path: string, sent?: Sent): Promise<Answered>;
  /** Follows a stream of events; `next` resolves with the first one that fits, looking from the beginning. */
  follow(path: string, headers?: Readonly<Record<string, string>>): Promise<Following>;
}

export interface Sent {
  /** Sent as JSON, but for a text, which is sent as it is. */
  readonly body?: unknown;
  /** Beside those that are right; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer is checked by what it expects.
  readonly json: any;
}

export interface Told {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: an event of any type.
  readonly event: any;
}

export interface Following {
  readonly headers: IncomingHttpHeaders;
  readonly all: readonly Told[];
  next(fits: (told: Told) => boolean): Promise<Told>;
  end(): void;
}

export const startControlHouse = async (options: Parameters<typeof startHouse>[0] = {}): Promise<ControlHouse> => {
  const house = await startHouse({ control: { port: 0, required: true }, ...options });
  const { control, token } = house.engine.info;
  if (control === null || token === null) throw new Error('there is no control API');
  const port = Number(new URL(control).port);
  const headersOf = (body: string | undefined, more: Sent['headers'] = {}): Record<string, string> => {
    const right = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    return Object.fromEntries(
      Object.entries({ ...right, ...more }).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
    );
  };
  const ask: ControlHouse['ask'] = (method, path, { body, headers } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
      const asked = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headersOf(text, headers) }, agent: false });
      asked.once('error', reject);
      asked.once('response', async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const said = Buffer.concat(chunks).toString();
        const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(said) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: said, json });
      });
      asked.end(text);
    });
  const follow: ControlHouse['follow'] = (path, headers) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers: headersOf(undefined, headers), agent: false });
      asked.once('error', reject);
      asked.once('response', (response) => {
        const all: Told[] = [];
        let rest = '';
        let look = (): void => {};
        response.on('error', () => {});
        response.setEncoding('utf8').on('data', (text: string) => {
          const blocks = (rest + text).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const id = /^id: (.*)$/m.exec(block)?.[1] ?? '';
            const data = /^data: (.*)$/m.exec(block)?.[1];
            if (data !== undefined) all.push({ id, event: JSON.parse(data) });
          }
          look();
        });
        resolve({
          headers: response.headers,
          all,
          next: (fits) =>
            new Promise((found) => {
              look = () => {
                const one = all.find(fits);
                if (one) found(one);
              };
              look();
            }),
          end: () => void asked.destroy(),
        });
      });
      asked.end();
    });
  return { house, port, token, ask, follow, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() };
};

/** Says exactly that, and resolves with everything that comes until the other side ends. */
export const say = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text));
    let heard = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('end', () => socket.end()).on('close', () => resolve(heard));
    socket.on('error', (error) => (heard === '' ? reject(error) : resolve(heard)));
  });

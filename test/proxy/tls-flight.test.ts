import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { TlsFlight } from '../../src/faults/changes.js';
import { openFlight } from '../../src/proxy/tls-flight.js';

/** What reaches the socket below, write by write, and whether the cut was told. */
const flown = async (flight: TlsFlight, said: readonly string[], release = false) => {
  const socket = new PassThrough();
  const pieces: string[] = [];
  const write = socket.write.bind(socket);
  socket.write = ((chunk: Buffer, ...rest: []) => {
    pieces.push(chunk.toString());
    return write(chunk, ...rest);
  }) as typeof socket.write;
  let cut = () => {};
  const cutCame = new Promise<'cut'>((resolve) => {
    cut = () => resolve('cut');
  });
  const { stream, release: free, written } = openFlight(socket, { flight, onCut: cut });
  if (release) free();
  const all = Promise.all(said.map((text) => new Promise<void>((resolve) => void stream.write(text, () => resolve()))));
  const how = await Promise.race([cutCame, all.then(() => 'all' as const)]);
  const kept = written().toString();
  stream.destroy();
  await once(stream, 'close');
  return { pieces, how, kept };
};

describe('a flight between TLS and its socket', () => {
  it('passes everything as it is where nothing is asked of it', async () => {
    expect(await flown({}, ['abc', 'de'])).toEqual({ pieces: ['abc', 'de'], how: 'all', kept: 'abcde' });
  });

  it('cuts behind so many bytes, wherever writes begin', async () => {
    expect(await flown({ cut: { bytes: 4, end: 'fin' } }, ['abc', 'de', 'f'])).toMatchObject({ pieces: ['abc', 'd'], how: 'cut' });
    expect(await flown({ cut: { bytes: 9, end: 'fin' } }, ['abc', 'de'])).toMatchObject({ pieces: ['abc', 'de'], how: 'all' });
  });

  it('slices in order, at once or apart', async () => {
    for (const everyMs of [0, 1])
      expect(await flown({ slice: { bytes: 2, everyMs } }, ['abcde', 'fg'])).toMatchObject({ pieces: ['ab', 'cd', 'e', 'fg'], how: 'all' });
  });

  it('leaves alone what comes behind the handshake', async () => {
    expect(await flown({ slice: { bytes: 1, everyMs: 0 } }, ['abc'], true)).toMatchObject({ pieces: ['abc'], how: 'all', kept: '' });
  });
});

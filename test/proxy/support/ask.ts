import type { Exchange } from '../../../src/model/exchange.js';
import { dial } from './caller.js';
import { within } from './deadline.js';
import type { House } from './house.js';
import { takePeer } from './peer.js';

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Says this to the port, FIN behind it, and reads until the proxy has ended. */
export const ask = async (home: House, said: string | Uint8Array, end = true): Promise<{ answer: string; exchange: Exchange }> => {
  const raw = await dial(home.port);
  const port = raw.localPort ?? 0;
  const peer = takePeer(raw);
  await peer.send(Buffer.from(said as string, 'latin1'));
  if (end) peer.fin();
  await within(peer.ended(), () => 'the proxy does not end');
  peer.fin();
  await peer.closed();
  const [exchange] = await within(home.exchanges(port), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { answer: peer.received().toString('latin1'), exchange };
};

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

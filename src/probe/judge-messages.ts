import type { Exchange } from '../model/exchange.js';
import type { Recorded } from '../replay/recorded.js';
import { agreesOnDeflate } from '../wire/extensions.js';
import { createPayloadJudge } from '../wire/payload-judge.js';

/** The exchange with what a client has to object to in the server's messages: the relay looks at frame headers alone. */
export const judgeMessages = ({ exchange, chunks }: Recorded): Exchange => {
  // Bytes of a tunnel are no frames.
  if (exchange.marks.open === null) return exchange;
  const judge = createPayloadJudge({ from: 'server', deflate: () => agreesOnDeflate(exchange.heads.clientGot) });
  for (const { from, chunk } of chunks) if (from === 'server') judge.push(chunk);
  if (judge.defects.length === 0) return exchange;
  const { fromServer } = exchange.frames;
  const known = new Set(fromServer.defects.map(({ code, offset }) => `${code} ${offset}`));
  const more = judge.defects.filter(({ code, offset }) => !known.has(`${code} ${offset}`));
  return { ...exchange, frames: { ...exchange.frames, fromServer: { ...fromServer, defects: [...fromServer.defects, ...more] } } };
};

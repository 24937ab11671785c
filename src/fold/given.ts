import type { Exchange } from '../model/exchange.js';
import type { FrameResume, Sender } from '../model/frame.js';
import type { Head } from '../model/head.js';
import { createFrameScanner, type FrameScanner } from '../wire/frame-scanner.js';

const mostInformational = 10;

/** What the other side got of directions that faults have in hand. */
export interface Given {
  has(from: Sender): boolean;
  /** `at`: where the sender's frames stand at that moment. */
  begin(from: Sender, at: FrameResume | undefined): void;
  push(from: Sender, chunk: Uint8Array, at: FrameResume | undefined): void;
  /** The client got this 1xx head; `sent` is what the server has sent of them. */
  informational(head: Head, sent: readonly Head[]): void;
  end(from: Sender): void;
  tallies(): Exchange['given'];
}

export const createGiven = (agreed: { readonly rsv1: boolean }): Given => {
  const scanners = new Map<Sender, FrameScanner>();
  let informational: readonly Head[] = [];

  const begin = (from: Sender, at: FrameResume | undefined): FrameScanner => {
    const known = scanners.get(from);
    if (known) return known;
    const scanner = createFrameScanner(from, agreed);
    scanners.set(from, scanner);
    if (at && (at.left > 0 || at.header !== '' || at.unfinished)) scanner.skip({ bytes: 0, resume: at });
    return scanner;
  };

  return {
    has: (from) => scanners.has(from),
    begin: (from, at) => void begin(from, at),
    push: (from, chunk, at) => begin(from, at).push(chunk),
    informational: (head, sent) => {
      const known = sent.some(({ raw }) => raw === head.raw);
      if (!known) informational = [...informational, head].slice(0, mostInformational);
    },
    end: (from) => scanners.get(from)?.end(),
    tallies: () => {
      const [client, server] = [scanners.get('client'), scanners.get('server')];
      return {
        ...(client && { fromClient: client.tally() }),
        ...(server && { fromServer: server.tally() }),
        ...(informational.length > 0 && { informational }),
      };
    },
  };
};

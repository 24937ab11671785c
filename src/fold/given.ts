import type { Exchange } from '../model/exchange.js';
import type { FrameResume, FrameTally, Sender } from '../model/frame.js';
import type { Head } from '../model/head.js';
import { createFrameScanner, type FrameScanner } from '../wire/frame-scanner.js';
import { createPayloadJudge, type PayloadJudge } from '../wire/payload-judge.js';

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

/** Of these directions payloads are judged as well: they are few, and off the fast path. */
interface Watched {
  readonly scanner: FrameScanner;
  readonly judge: PayloadJudge;
}

const mostDefects = 20;

const tallyOf = ({ scanner, judge }: Watched): FrameTally => {
  const tally = scanner.tally();
  return judge.defects.length === 0 ? tally : { ...tally, defects: [...tally.defects, ...judge.defects].slice(0, mostDefects) };
};

export const createGiven = (agreed: { readonly rsv1: boolean }): Given => {
  const watched = new Map<Sender, Watched>();
  let informational: readonly Head[] = [];

  const begin = (from: Sender, at: FrameResume | undefined): Watched => {
    const known = watched.get(from);
    if (known) return known;
    const scanner = createFrameScanner(from, agreed);
    const made = { scanner, judge: createPayloadJudge({ from, deflate: () => agreed.rsv1, resume: at }) };
    watched.set(from, made);
    if (at && (at.left > 0 || at.header !== '' || at.unfinished)) scanner.skip({ bytes: 0, resume: at });
    return made;
  };

  return {
    has: (from) => watched.has(from),
    begin: (from, at) => void begin(from, at),
    push: (from, chunk, at) => {
      const { scanner, judge } = begin(from, at);
      scanner.push(chunk);
      judge.push(chunk);
    },
    informational: (head, sent) => {
      const known = sent.some(({ raw }) => raw === head.raw);
      if (!known) informational = [...informational, head].slice(0, mostInformational);
    },
    end: (from) => watched.get(from)?.scanner.end(),
    tallies: () => {
      const [client, server] = [watched.get('client'), watched.get('server')];
      return {
        ...(client && { fromClient: tallyOf(client) }),
        ...(server && { fromServer: tallyOf(server) }),
        ...(informational.length > 0 && { informational }),
      };
    },
  };
};

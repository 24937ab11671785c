import type { Gap, Sender } from '../model/frame.js';
import { createMessageWalker } from '../wire/message-walker.js';
import type { Place } from './lines.js';

/** Where a direction's next message begins: in the chunk of the line at `place`, `at` bytes in. */
export interface MessageStart {
  readonly place: Place;
  readonly at: number;
  /** Messages that are complete between here and the mark: control frames between the fragments of the message that begins here. */
  readonly done: number;
}

/** A place from which messages can be read as from the beginning. */
export interface Mark {
  /** Messages of both directions that are complete before this line: the number of the next one, counted from 0. */
  readonly messages: number;
  readonly place: Place;
  readonly starts: Readonly<Record<Sender, MessageStart>>;
}

export interface MessageIndex {
  /** The next chunk of this exchange behind its handshake, and the line that it stands in. */
  push(from: Sender, chunk: Uint8Array, place: Place): void;
  /** Bytes are missing here; the line that says so is at `place`. */
  skip(from: Sender, gap: Gap, place: Place): void;
  /** Complete messages and control frames of both directions. */
  readonly messages: number;
  /** The last mark that is not behind message `number`. */
  before(number: number): Mark | undefined;
  readonly marks: readonly Mark[];
}

/** A mark is made after so many bytes of frames, or of the file; thinned out (and both doubled) when there are too many. */
const usualStride = { frames: 32 * 1024, file: 512 * 1024 };
const mostMarks = 8192;

/** Counts the messages of one exchange while its recording is read, and remembers sparsely where they are. Memory is bounded. */
export const createMessageIndex = (firstStride: typeof usualStride = usualStride): MessageIndex => {
  let marks: Mark[] = [];
  const stride = { ...firstStride };
  let sinceMark = 0;
  let messages = 0;
  let place: Place = { line: 0, offset: 0 };

  const follow = () => {
    let start: { place: Place; at: number } | undefined;
    let done = 0;
    const walker = createMessageWalker({
      frame: (at, fresh) => {
        if (!fresh) return;
        start = { place, at };
        done = 0;
      },
      message: ({ inside }) => {
        messages++;
        done = inside ? done + 1 : 0;
        if (!inside) start = undefined;
      },
    });
    const skip = (gap: Gap, { line, offset }: Place): void => {
      const where = walker.skip(gap);
      if (where === 'inside' || where === 'ended') return;
      done = 0;
      // Who begins to read behind it has to begin at the gap itself, or would take the rest of a frame for a header.
      start = where === 'amid' ? { place: { line, offset }, at: 0 } : undefined;
    };
    return { walker, skip, startOf: (): MessageStart => ({ place, at: 0, ...start, done }) };
  };
  const directions = { client: follow(), server: follow() };

  const mark = (): void => {
    if (marks.length === mostMarks) {
      marks = marks.filter((_, index) => index % 2 === 0);
      stride.frames *= 2;
      stride.file *= 2;
    }
    marks.push({ messages, place, starts: { client: directions.client.startOf(), server: directions.server.startOf() } });
    sinceMark = 0;
  };

  return {
    push(from, chunk, at) {
      // A copy: what is given may hold the whole batch that the line was read in.
      place = { line: at.line, offset: at.offset };
      const last = marks.at(-1);
      if (!last || sinceMark >= stride.frames || at.offset - last.place.offset >= stride.file) mark();
      sinceMark += chunk.length;
      directions[from].walker.push(chunk);
    },
    skip: (from, gap, at) => directions[from].skip(gap, at),
    get messages() {
      return messages;
    },
    get marks() {
      return marks;
    },
    before(number) {
      let low = 0;
      let high = marks.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((marks[middle] as Mark).messages <= number) low = middle + 1;
        else high = middle;
      }
      return marks[low - 1];
    },
  };
};

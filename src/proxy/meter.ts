import type { Side } from './side.js';

/** Keeps a side's count while Node's HTTP parser reads and writes it. Returns the function that brings the count up to date. */
export const meter = ({ stream, count }: Side): (() => void) => {
  const read = (): number => stream.bytesRead - stream.readableLength;
  const offset = { in: count.in - read(), out: count.out - stream.bytesWritten };
  return () => {
    count.in = offset.in + read();
    count.out = offset.out + stream.bytesWritten;
  };
};

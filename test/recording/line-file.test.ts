import { describe, expect, it } from 'vitest';
import { createLineFile } from '../../src/recording/line-file.js';

const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

/** A disk in memory that takes `room` bytes and says ENOSPC behind them, after writing what still fits. */
const disk = (room: number) => {
  const state = { text: '', room, now: 0, troubles: [] as string[] };
  const append = createLineFile(0, {
    write: (bytes, { from, length, position }) => {
      const fits = Math.min(length, state.room - position);
      if (fits <= 0) throw full();
      state.text = state.text.slice(0, position) + Buffer.from(bytes.subarray(from, from + fits)).toString();
      return fits;
    },
    truncate: (length) => {
      state.text = state.text.slice(0, length);
    },
    now: () => state.now,
    trouble: (code) => state.troubles.push(code),
    gapLine: (code) => Buffer.from(`gap ${code}\n`),
  });
  return { state, say: (text: string) => append(Buffer.from(text)) };
};

describe('a file of lines on a disk that fills up', () => {
  it('ends behind a whole line, wherever the disk ended', () => {
    const text = 'first\nsecond\nthird\n';
    for (let room = 0; room < text.length; room++) {
      const { state, say } = disk(room);
      say(text);
      const whole = text.slice(0, text.lastIndexOf('\n', room - 1) + 1);
      expect([room, state.text]).toEqual([room, room === 0 ? '' : whole]);
      expect(state.troubles).toEqual(['ENOSPC']);
    }
  });

  it('keeps every line that an earlier write completed', () => {
    for (let failing = 1; failing <= 50; failing++) {
      const { state, say } = disk((failing - 1) * 'line 00\n'.length + 3);
      const lines = Array.from({ length: 60 }, (_, index) => `line ${String(index).padStart(2, '0')}\n`);
      for (const line of lines) say(line);
      expect(state.text).toBe(lines.slice(0, failing - 1).join(''));
    }
  });

  it('leaves lines out while the disk is full, and tries once a second', () => {
    const { state, say } = disk(6);
    say('first\nsecond\n');
    state.room = 1000;
    say('third\n');
    expect(state.text).toBe('first\n');
    state.now = 1000;
    say('fourth\n');
    expect(state.text).toBe('first\ngap ENOSPC\nfourth\n');
    expect(state.troubles).toEqual(['ENOSPC']);
  });

  it('stays readable when the disk fills up again in the mark of the gap', () => {
    const { state, say } = disk(6);
    say('first\nsecond\n');
    state.room = 10;
    state.now = 5000;
    say('third\n');
    expect(state.text).toBe('first\n');
    expect(state.troubles).toEqual(['ENOSPC', 'ENOSPC']);
  });
});

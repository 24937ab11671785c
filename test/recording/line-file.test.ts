import { describe, expect, it } from 'vitest';
import { memoryDisk } from './support/disk.js';

const append = (disk: ReturnType<typeof memoryDisk>, text: string) => disk.file.append(Buffer.from(text));

describe('a file of lines on a disk that fills up', () => {
  it('ends behind a whole line, wherever the disk ended, and says how much it took', () => {
    const text = 'first\nsecond\nthird\n';
    for (let room = 0; room < text.length; room++) {
      const disk = memoryDisk('', room);
      const whole = room === 0 ? '' : text.slice(0, text.lastIndexOf('\n', room - 1) + 1);
      expect(append(disk, text)).toMatchObject({ taken: whole.length, code: 'ENOSPC' });
      expect([room, disk.text(), disk.file.end]).toEqual([room, whole, whole.length]);
    }
  });

  it('goes on where it ended when there is room again', () => {
    const disk = memoryDisk('', 8);
    expect(append(disk, 'first\nsecond\n')).toMatchObject({ taken: 6 });
    disk.state.room = 100;
    expect(append(disk, 'second\n')).toEqual({ taken: 7 });
    expect(disk.text()).toBe('first\nsecond\n');
  });

  it('takes a write of nothing for an error', () => {
    const disk = memoryDisk('');
    disk.state.refuse = () => 'EROFS';
    expect(append(disk, 'first\n')).toMatchObject({ taken: 0, code: 'EROFS' });
  });

  it('gives up whole lines at its end, and never its first', () => {
    const disk = memoryDisk('head\n');
    append(disk, 'one\ntwo\nthree\n');
    const give = (bytes: number) => Buffer.from(disk.file.giveUp(bytes) ?? '-').toString();
    expect([give(7), disk.text()]).toEqual(['two\nthree\n', 'head\none\n']);
    expect([give(5), disk.text()]).toEqual(['-', 'head\none\n']);
    expect([give(4), disk.text()]).toEqual(['one\n', 'head\n']);
    expect([give(1), disk.text()]).toEqual(['-', 'head\n']);
  });
});

/** What came last on standard input, up to `most` bytes: the end of a log is where the failure stands. `cut` tells that there was more before. */
export const readInput = async (most: number): Promise<{ readonly text: string; readonly cut: boolean }> => {
  const kept: Buffer[] = [];
  let size = 0;
  let cut = false;
  for await (const chunk of process.stdin) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    kept.push(bytes);
    size += bytes.length;
    for (let [oldest] = kept; oldest && size - oldest.length >= most; [oldest] = kept) {
      kept.shift();
      size -= oldest.length;
      cut = true;
    }
  }
  const bytes = Buffer.concat(kept);
  return { text: asText(bytes.subarray(Math.max(0, bytes.length - most))), cut: cut || bytes.length > most };
};

const looked = 4096;

/** UTF-8, or the UTF-16 that `>` of Windows PowerShell writes: there every other byte of an English text is zero. */
const asText = (bytes: Buffer): string => {
  const head = bytes.subarray(0, looked);
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const encoding =
    Math.max(even, odd) * 4 < head.length || Math.min(even, odd) * 40 > head.length ? 'utf-8' : even > odd ? 'utf-16be' : 'utf-16le';
  return new TextDecoder(encoding).decode(bytes);
};

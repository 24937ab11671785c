import { StringDecoder } from 'node:string_decoder';

/** What came on standard input, up to `most` bytes, as UTF-8; `cut` tells that there was more. */
export const readInput = async (most: number): Promise<{ readonly text: string; readonly cut: boolean }> => {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let left = most;
  for await (const chunk of process.stdin) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    text += decoder.write(bytes.subarray(0, left));
    if (bytes.length > left) {
      process.stdin.destroy();
      return { text, cut: true };
    }
    left -= bytes.length;
  }
  return { text: text + decoder.end(), cut: false };
};
